import { ATTEMPT_VARIABLE, type Attempt, orderOf } from './attempt.js';
import { classifyFault } from './classify-fault.js';
import type { Clock } from './clock.js';
import { CallTimeoutError } from './fault.js';
import { logTail } from './log-tail.js';
import type { Action, FoundTask, Observation } from './machine/plan.js';
import type { CloudFormationPort, EcsPort, LogPlace, LogsPort, TaskRecord } from './ports.js';
import type { TaskRunProperties } from './read-properties.js';
import { runTaskInput } from './run-task-input.js';
import { clusterNameOf, readTaskFacts, type TaskFacts } from './task-facts.js';
import { hasStopped } from './task-outcome.js';

/** Longest time a call may take before its answer is no longer waited for, in milliseconds. */
export const CALL_MS = 10_000;

/**
 * Most tasks in one DescribeTasks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
 */
const MAX_DESCRIBED = 100;

/** Events that are read of a log that is redacted, however few lines are shown. */
const REDACTED_EVENTS = 1000;

/** Pages of a log that are followed back from its end. */
const MAX_LOG_PAGES = 20;

/** Until when the next of them is begun, in milliseconds: all of them are one call to the run. */
const LOG_PAGES_MS = 4_000;

/** Pages of a list that are followed: tasks of one resource are few. */
const MAX_PAGES = 10;

/** What actions are carried out with, and on what. */
export interface Execution {
  readonly ecs: EcsPort;
  readonly logs: LogsPort;
  /** Absent outside of CloudFormation. */
  readonly cloudFormation?: CloudFormationPort | undefined;
  readonly clock: Clock;
  readonly attempt: Attempt;
  /** ARN of the stack; absent outside of CloudFormation. */
  readonly stackId?: string | undefined;
  /** Absent where nothing can be run: a Delete, or properties that were refused. */
  readonly properties?: TaskRunProperties | undefined;
  /** The resource's cluster; undefined means `default`. */
  readonly cluster: string | undefined;
  /** Another cluster in which an older task of the resource may run. */
  readonly formerCluster?: string | undefined;
  /** Where the log of a task is, once its definition is known. */
  readonly logPlace: (taskArn: string) => LogPlace | undefined;
  /** Told what the task definition says. */
  readonly onFacts: (facts: TaskFacts) => void;
}

/** An action that calls something. */
export type Call = Exclude<Action, { readonly kind: 'wait' | 'answer' | 'hand over' }>;

/** Carries out one action. Never rejects: what a call throws is an observation. */
export async function perform(execution: Execution, action: Call): Promise<Observation> {
  try {
    return await OPERATIONS[action.kind](execution, action as never);
  } catch (thrown) {
    return { kind: 'failed', fault: classifyFault(thrown) };
  }
}

type Operations = {
  readonly [K in Call['kind']]: (execution: Execution, action: Extract<Call, { readonly kind: K }>) => Promise<Observation>;
};

const OPERATIONS: Operations = {
  'check stack': async (execution) => {
    const { cloudFormation, stackId = '' } = execution;
    const answer = await limited(execution, cloudFormation?.describeStacks({ StackName: stackId }));
    return { kind: 'stack', status: answer?.Stacks?.[0]?.StackStatus };
  },
  'describe definition': async (execution) => {
    const taskDefinition = execution.properties?.taskDefinition ?? '';
    const answer = await limited(execution, execution.ecs.describeTaskDefinition({ taskDefinition }));
    const facts = readTaskFacts(answer.taskDefinition ?? {}, execution.properties?.containerName);
    if (facts.ok) execution.onFacts(facts.value);
    return { kind: 'definition', facts };
  },
  'find tasks': async (execution) => ({ kind: 'found', tasks: await findTasks(execution) }),
  'run task': async (execution, { window, contest, container }) => {
    const { properties, attempt } = execution;
    if (properties === undefined) return { kind: 'not placed', failures: [] };
    const { tasks = [], failures = [] } = await limited(
      execution,
      execution.ecs.runTask(runTaskInput(properties, { attempt, window, contest, container })),
    );
    const taskArn = tasks[0]?.taskArn;
    return taskArn === undefined ? { kind: 'not placed', failures } : { kind: 'placed', taskArn };
  },
  'describe task': async (execution, { taskArn }) => {
    const { tasks = [], failures = [] } = await limited(
      execution,
      execution.ecs.describeTasks({ ...clusterOf(execution, taskArn), tasks: [taskArn] }),
    );
    const [task] = tasks;
    if (task !== undefined) return { kind: 'described', task };
    const other = failures.find(({ reason }) => reason !== undefined && reason !== 'MISSING');
    if (other === undefined) return { kind: 'missing' };
    return { kind: 'failed', fault: { kind: 'unclear', name: other.reason ?? '', message: other.detail ?? '', resourceIds: [] } };
  },
  'stop task': async (execution, { taskArn, reason }) => {
    await limited(execution, execution.ecs.stopTask({ ...clusterOf(execution, taskArn), task: taskArn, reason }));
    return { kind: 'stop accepted', taskArn };
  },
  'read log': async (execution, { taskArn }) => {
    const place = execution.logPlace(taskArn);
    const { logTailLines: limit = 0, redact = [] } = execution.properties ?? {};
    if (place === undefined || limit === 0) return { kind: 'log', text: '' };
    // A secret of several lines may begin before the last ones.
    const read = redact.length === 0 ? limit : Math.max(limit, REDACTED_EVENTS);
    const messages = await limited(execution, lastMessages(execution, place, read));
    return { kind: 'log', text: logTail(messages, redact, limit) };
  },
};

/**
 * The last events of a log, oldest first.
 *
 * The page at its end may be empty, or hold a few: CloudWatch Logs divides a log by time. Its beginning is where a token comes again.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
async function lastMessages({ logs, clock }: Execution, place: LogPlace, limit: number): Promise<readonly string[]> {
  const begunAt = clock.now();
  let messages: readonly string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_LOG_PAGES && messages.length < limit && clock.now() < begunAt + LOG_PAGES_MS; page += 1) {
    const token = nextToken === undefined ? {} : { nextToken };
    const { events = [], nextBackwardToken } = await logs.getLogEvents({ ...place, limit: limit - messages.length, ...token });
    messages = [...events.flatMap(({ message }) => message ?? []), ...messages];
    if (nextBackwardToken === undefined || nextBackwardToken === nextToken) break;
    nextToken = nextBackwardToken;
  }
  return messages;
}

/** The tasks of the resource, in its cluster and in the one it has left. */
async function findTasks(execution: Execution): Promise<readonly FoundTask[]> {
  const { cluster, formerCluster } = execution;
  const present = await findIn(execution, cluster);
  if (formerCluster === undefined || clusterNameOf(formerCluster) === clusterNameOf(cluster)) return present;
  const former = await findIn(execution, formerCluster).catch((thrown: unknown) => {
    const { kind, name } = classifyFault(thrown);
    // It may be gone, or its grants with it. Anything else says nothing about its tasks.
    if (kind === 'denied' || name === 'ClusterNotFoundException') return [];
    throw thrown;
  });
  // What has ended there does not matter, but that a newer request has had its task.
  return [...present, ...former.filter(({ order, task }) => order === 'newer' || !hasStopped(task))];
}

async function findIn(execution: Execution, cluster: string | undefined): Promise<readonly FoundTask[]> {
  const running = await list(execution, cluster, 'RUNNING');
  const stopped = await list(execution, cluster, 'STOPPED').catch((thrown: unknown) => {
    // `startedBy` "must be the only filter": should ECS come to mean it, only the client token finds a task that has stopped, in its window.
    if (classifyFault(thrown).name === 'InvalidParameterException') return [];
    throw thrown;
  });
  const arns = [...new Set([...running, ...stopped])];
  const found: FoundTask[] = [];
  for (let start = 0; start < arns.length; start += MAX_DESCRIBED) {
    const tasks = arns.slice(start, start + MAX_DESCRIBED);
    const described = await limited(execution, execution.ecs.describeTasks({ ...(cluster === undefined ? {} : { cluster }), tasks }));
    const known = (described.tasks ?? []).map((task) => ({ order: orderOf(tagOf(task), execution.attempt), task }));
    // Listed, but not described yet: it may be anybody's, and can be stopped all the same.
    const arnsKnown = known.map(({ task }) => task.taskArn);
    const unknown = tasks.filter((taskArn) => !arnsKnown.includes(taskArn));
    found.push(...known, ...unknown.map((taskArn) => ({ order: 'unknown' as const, task: { taskArn } })));
  }
  return found;
}

async function list(execution: Execution, cluster: string | undefined, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { startedBy } = execution.attempt;
    const input = {
      startedBy,
      desiredStatus,
      ...(cluster === undefined ? {} : { cluster }),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const answer = await limited(execution, execution.ecs.listTasks(input));
    arns.push(...(answer.taskArns ?? []));
    nextToken = answer.nextToken || undefined;
    if (nextToken === undefined) break;
  }
  return arns;
}

/** Value of the attempt's variable, in whichever container's overrides it is. */
function tagOf(task: TaskRecord): string | undefined {
  const variables = (task.overrides?.containerOverrides ?? []).flatMap(({ environment }) => environment ?? []);
  return variables.find(({ name }) => name === ATTEMPT_VARIABLE)?.value;
}

/** The cluster a task is in: its ARN names it, in the long form that accounts have had since 2021. */
function clusterOf({ cluster }: Execution, taskArn: string): { readonly cluster?: string } {
  const named = /:task\/([^/]+)\/[^/]+$/.exec(taskArn)?.[1];
  const isOther = named !== undefined && (cluster === undefined || clusterNameOf(cluster) !== named);
  if (isOther) return { cluster: named };
  return cluster === undefined ? {} : { cluster };
}

/** The answer of a call, or a fault if it takes too long. */
function limited<T>({ clock }: Execution, call: Promise<T>): Promise<T>;
function limited<T>({ clock }: Execution, call: Promise<T> | undefined): Promise<T | undefined>;
function limited<T>({ clock }: Execution, call: Promise<T> | undefined): Promise<T | undefined> {
  if (call === undefined) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const cancel = clock.after(CALL_MS, () => reject(new CallTimeoutError(`no answer within ${CALL_MS} ms`)));
    call.then(resolve, reject).finally(cancel);
  });
}
