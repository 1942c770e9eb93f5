import type { InProcessClient } from '@plimsoll/simulator';

/** Everything through which one run of a function reaches the world; a dead run's calls never settle. */
export interface Surroundings {
  readonly client: (service: 'ecs' | 'logs' | 'cloudformation' | 'lambda') => InProcessClient;
  readonly put: (request: { readonly url: string; readonly body: string }) => Promise<{ readonly status: number }>;
  readonly now: () => number;
  /** Calls back after so many milliseconds, unless cancelled. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
  /** Waits; dies with the run. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds until Lambda ends the run. */
  readonly remainingMs: () => number;
  readonly mode: 'direct' | 'long';
  readonly log: (line: string) => void;
}

/** A function behind a custom resource, to be put to the proof. */
export interface Subject {
  readonly name: string;
  /** Time-out of the function, in milliseconds. */
  readonly functionMs: number;
  /** Whether Lambda is told where to send what failed at every attempt. */
  readonly hasDestination: boolean;
  readonly run: (event: unknown, surroundings: Surroundings) => Promise<void>;
}
