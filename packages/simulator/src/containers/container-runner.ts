import type { ContainerDefinition } from '../ecs/request-schemas.js';

/** One container that is to run. */
export interface ContainerLaunch {
  /** ARN of its task. */
  readonly taskArn: string;
  /** Its name in the task definition. */
  readonly name: string;
  /** Its image. */
  readonly image: string;
  /** Family of the task definition. */
  readonly family: string;
  /** Revision of the task definition, from 1. */
  readonly revision: number;
  /** Whether its end ends the task. */
  readonly essential: boolean;
  /** Entry point, empty if none is given. */
  readonly entryPoint: readonly string[];
  /** Command, overrides applied; empty if none is given. */
  readonly command: readonly string[];
  /** Variables by name, overrides applied. */
  readonly environment: Readonly<Record<string, string>>;
  /** Working directory, if the definition names one. */
  readonly workingDirectory: string | undefined;
  /** Who started the task, if said. */
  readonly startedBy: string | undefined;
}

/** Signals a container is sent. */
export type ContainerSignal = 'SIGTERM' | 'SIGKILL';

/** How a container ended. */
export interface ContainerEnd {
  /** Exit code, 0 to 255; absent if nobody saw it. */
  readonly exitCode?: number;
  /** Why, in words, where there is more to say than a code. */
  readonly reason?: string;
}

/** What a runner tells of one container: `started`, then lines, then `ended`; or `failed` alone. */
export interface ContainerListener {
  /** It runs. */
  started(): void;
  /** It wrote a line. */
  line(text: string): void;
  /** It ran and has ended. */
  ended(end: ContainerEnd): void;
  /** It never ran, with the reason in ECS's words. */
  failed(reason: string): void;
}

/** A container under way. */
export interface RunningContainer {
  /** Sends a signal; without effect once it has ended. */
  signal(signal: ContainerSignal): void;
  /** Whether its log stream is made, even if it writes nothing. @default true */
  readonly hasLogStream?: boolean;
}

/** Starts containers; tells the listener later, never from within the call. */
export type ContainerRunner = (launch: ContainerLaunch, listener: ContainerListener) => RunningContainer;

/** The launch of one container of a task. */
export function launchOf(
  task: {
    readonly arn: string;
    readonly startedBy: string | undefined;
    readonly definition: { readonly family: string; readonly revision: number };
  },
  definition: ContainerDefinition,
): ContainerLaunch {
  return {
    taskArn: task.arn,
    name: definition.name ?? '',
    image: definition.image ?? '',
    family: task.definition.family,
    revision: task.definition.revision,
    essential: definition.essential ?? true,
    entryPoint: definition.entryPoint ?? [],
    command: definition.command ?? [],
    environment: Object.fromEntries((definition.environment ?? []).map(({ name, value }) => [name ?? '', value ?? ''])),
    workingDirectory: definition.workingDirectory,
    startedBy: task.startedBy,
  };
}
