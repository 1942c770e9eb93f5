import type { Answer, TaskRunReport } from '@plimsoll/task-runner-lambda';

/** What `plimsoll run-task --json` prints. */
export interface RunTaskReport {
  /** Whether the task did what it was run for: an exit code of 0, and nobody told it to stop. */
  readonly success: boolean;
  /** The task in one line, why it failed included. */
  readonly message: string;
  /** ARN; `null` where nothing was placed. */
  readonly taskArn: string | null;
  /** Container whose exit code decides; `null` where it is not known. */
  readonly container: string | null;
  /** Exit code, 0 to 255; `null` where the container has none. */
  readonly exitCode: number | null;
  /** ECS's code of why the task stopped. */
  readonly stopCode: string | null;
  /** ECS's words on why the task stopped. */
  readonly stoppedReason: string | null;
  /** Why the run ended before the task did. */
  readonly endedBy: string | null;
  /** Code of a run without an outcome of its task. */
  readonly code: string | null;
  /** CloudWatch Logs group of the container. */
  readonly logGroup: string | null;
  /** CloudWatch Logs stream of the container. */
  readonly logStream: string | null;
}

/** The report of a run. */
export function reportOf({ answer, container, logPlace }: TaskRunReport): RunTaskReport {
  const outcome = answer.kind === 'succeeded' || answer.kind === 'task failed' ? answer.outcome : undefined;
  return {
    success: answer.kind === 'succeeded',
    message: messageOf(answer, container ?? 'of the task'),
    taskArn: 'taskArn' in answer ? (answer.taskArn ?? null) : null,
    container: container ?? null,
    exitCode: outcome?.exitCode ?? null,
    stopCode: outcome?.stopCode ?? null,
    stoppedReason: outcome?.stoppedReason ?? null,
    endedBy: answer.kind === 'task failed' ? (answer.ending?.kind ?? null) : null,
    code: answer.kind === 'failed' ? answer.code : null,
    logGroup: logPlace?.group ?? null,
    logStream: logPlace?.stream ?? null,
  };
}

function messageOf(answer: Answer, container: string): string {
  switch (answer.kind) {
    case 'succeeded':
      return `container ${container} exited with code ${answer.outcome.exitCode ?? 'none'}`;
    case 'task failed': {
      const { exitCode, containerReason, stoppedReason } = answer.outcome;
      const ended = exitCode === undefined ? 'has no exit code: it never started, or ECS lost it' : `exited with code ${exitCode}`;
      const why = [containerReason, stoppedReason].filter((text) => text !== undefined && text !== '');
      return [`container ${container} ${ended}`, ...why].join('; ');
    }
    case 'failed':
      return `${answer.message} (${answer.code})`;
    case 'skipped':
    case 'stopped':
      return 'nothing was run';
  }
}
