import { randomUUID } from 'node:crypto';
import type { ReadProperties, TaskRunProperties, TaskRunReport } from '@plimsoll/task-runner-lambda';
import { EXIT_STATUS, ProgramError, RUN_TASK_FAULT, RunTaskError, UsageError } from '../program-error.js';
import { reportOf } from '../report/run-task-report.js';
import { taskProgress } from '../report/task-progress.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll run-task`, as the argument parser gives them. */
export interface RunTaskOptions {
  /** Family, family:revision or ARN. */
  readonly taskDefinition?: string;
  /** Name or ARN. */
  readonly cluster?: string;
  /** JSON of RunTask's `overrides`. */
  readonly overrides?: unknown;
  /** JSON of RunTask's `networkConfiguration`. */
  readonly networkConfiguration?: unknown;
  /** RunTask's `launchType`. */
  readonly launchType?: string;
  /** Container whose exit code decides. */
  readonly container?: string;
  /** Seconds until the task is stopped. */
  readonly timeout: number;
  /** Region. */
  readonly region?: string;
  /** Where to send the calls instead of AWS. */
  readonly endpointUrl?: string;
  /** Whether to print JSON, and the log beside it. */
  readonly json?: boolean;
}

/** Longest time-out, in seconds: a day. */
export const LONGEST_TIMEOUT_SECONDS = 86_400;

/** Runs one task to its end and answers with its container's exit code. */
export async function runRunTask(options: RunTaskOptions, context: CommandContext): Promise<number> {
  try {
    return await runAndReport(options, context);
  } catch (cause) {
    if (cause instanceof ProgramError && cause.exitStatus !== EXIT_STATUS.fault) throw cause;
    throw new RunTaskError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function runAndReport(options: RunTaskOptions, { io, out, warn }: CommandContext): Promise<number> {
  // The SDK is loaded only here.
  const { readProperties, runTaskOnce, systemClock } =
    require('@plimsoll/task-runner-lambda') as typeof import('@plimsoll/task-runner-lambda');
  const { openTaskPorts } = require('../live/task-ports.js') as typeof import('../live/task-ports.js');
  const properties = checked(options, (given) => readProperties(given, { longestSeconds: LONGEST_TIMEOUT_SECONDS }));
  const ports = await openTaskPorts(options);
  // What is wrong with credentials, network or name is seen at once, and not tried again until the time-out.
  await ports.ecs.describeTaskDefinition({ taskDefinition: properties.taskDefinition }).catch((cause: unknown) => {
    ports.close();
    throw new RunTaskError(`task definition ${properties.taskDefinition} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  const progress = taskProgress((line) => void warn(line));
  // Lines come faster than a slow reader takes them: they are written one after another.
  let written: Promise<unknown> = Promise.resolve();
  let unwritten: unknown;
  const write = (line: string): void => {
    written = written
      .then(() => (options.json === true ? io.stderr.write(`${line}\n`) : out(`${line}\n`)))
      // The task goes on, and is watched to its end, wherever its log goes.
      .catch((cause: unknown) => {
        unwritten ??= cause;
      });
  };
  try {
    const report = await runTaskOnce(
      { ...ports, clock: systemClock, random: Math.random },
      { properties, runId: randomUUID(), signal: io.signal, onLogLine: write, onProgress: progress },
    );
    await written;
    const status = await conclude(report, options, { out, warn });
    if (unwritten !== undefined) await warn(`the log is not complete: ${reasonOf(unwritten)}`);
    return unwritten === undefined ? status : status || RUN_TASK_FAULT;
  } finally {
    ports.close();
  }
}

function checked(options: RunTaskOptions, read: (given: Readonly<Record<string, unknown>>) => ReadProperties): TaskRunProperties {
  const { taskDefinition, cluster, overrides, networkConfiguration, launchType, container, timeout } = options;
  if (taskDefinition === undefined) throw new UsageError('no task to run: give --task-definition FAMILY');
  const given = {
    TaskDefinition: taskDefinition,
    Cluster: cluster,
    Overrides: overrides,
    NetworkConfiguration: networkConfiguration,
    LaunchType: launchType,
    ContainerName: container,
    Timeout: timeout,
  };
  const properties = read(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  if (!properties.ok) throw new UsageError(properties.message);
  return properties.value;
}

/** In one line: the SDK's message may be empty where the connection was refused. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as NodeJS.ErrnoException).code;
  return [cause.name, code === cause.name ? undefined : code, cause.message].filter((text) => text !== undefined && text !== '').join(': ');
}

async function conclude(
  run: TaskRunReport,
  { json }: RunTaskOptions,
  { out, warn }: Pick<CommandContext, 'out' | 'warn'>,
): Promise<number> {
  const report = reportOf(run);
  if (json === true) await out(`${JSON.stringify(report, undefined, 2)}\n`);
  if (run.logFault !== undefined) await warn(`the log is not complete: ${run.logFault}`);
  await warn(report.message);
  if (run.answer.kind === 'failed' && run.answer.code === 'REFUSED') return EXIT_STATUS.usage;
  if (report.success) return report.exitCode ?? RUN_TASK_FAULT;
  // A task that was told to stop, and then ends with 0, has not done its work.
  return report.exitCode || RUN_TASK_FAULT;
}
