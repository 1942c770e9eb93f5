import type { EcsResult } from './ecs-error.js';
import type { EcsEvent } from './ecs-event.js';
import type { Cluster, EcsState, Task } from './ecs-state.js';

/** What whoever runs the containers has to do. */
export interface ContainerOrder {
  /** Start the containers, end them within their time, or end them at once. */
  readonly kind: 'start' | 'stop' | 'kill';
  /** Cluster of the task. */
  readonly cluster: Cluster;
  /** The task. */
  readonly task: Task;
}

/** What a transition is given from outside, and where it puts its events. */
export interface Transition {
  /** The moment the request is answered. */
  readonly now: Date;
  /** A fresh identifier; a UUID or anything as unique. */
  readonly newId: () => string;
  /** Events so far, in order. */
  readonly events: EcsEvent[];
  /** Orders so far, in order; absent where nobody runs containers. */
  readonly orders?: ContainerOrder[];
}

/** An answer of the API: a plain object that JSON can carry. */
export type EcsResponse = Readonly<Record<string, unknown>>;

/** One operation once its request has been read. */
export type EcsOperation<Request> = (state: EcsState, request: Request, transition: Transition) => EcsResult<EcsResponse>;
