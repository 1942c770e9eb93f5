import { type Environment, refused, shown, type VariableResult } from './variable.js';

/** How much of the account's ECS calls the function may take. */
export interface CallBudget {
  /**
   * Calls a second, over all execution environments of the function. Above 0, at most 20: what the account has, in each Region,
   * for all its readers together.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
   */
  readonly callsPerSecond: number;
  /**
   * Execution environments that may run at once and share the budget: the maximum concurrency of the event source. Integer, 1 to
   * 1,000.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  readonly environments: number;
}

/** What is read of a cluster beside its container instances. */
export interface ReadingScope {
  /**
   * Whether tasks are read, and services with them: what runs where and what waits. Costs two calls per 100 tasks.
   *
   * @default false: answers that depend on it are upper bounds
   */
  readonly tasks: boolean;
  /**
   * Whether each service of the cluster is a task size, beside those that are configured.
   *
   * @default false
   */
  readonly discoverServices: boolean;
  /**
   * How many more tasks of a discovered service must always fit. Integer, at least 0.
   *
   * @default 0
   */
  readonly discoveredHeadroom: number;
}

/** Refill of the bucket that listing and describing container instances and tasks share, in calls a second. */
const ACCOUNT_CALLS_PER_SECOND = 20;
const DEFAULT_CALLS_PER_SECOND = 2;
/** The least that Lambda lets an event source's maximum concurrency be. */
const DEFAULT_ENVIRONMENTS = 2;
/** The most that Lambda lets it be. */
const MAX_ENVIRONMENTS = 1_000;

/**
 * A cluster's name, or its ARN in any partition.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html (`clusterName`)
 */
const CLUSTER = /^(?:arn:[a-z0-9-]+:ecs:[a-z0-9-]+:\d{12}:cluster\/)?[A-Za-z0-9_-]{1,255}$/;

/** Reads `PLIMSOLL_CLUSTERS`: names or ARNs of clusters, with commas between them. */
export function readClusters({ PLIMSOLL_CLUSTERS: text = '' }: Environment): VariableResult<readonly string[]> {
  const clusters = text
    .split(',')
    .map((cluster) => cluster.trim())
    .filter((cluster) => cluster !== '');
  const wrong = clusters.find((cluster) => !CLUSTER.test(cluster));
  if (wrong === undefined) return { ok: true, value: [...new Set(clusters)] };
  return refused('INVALID_CLUSTERS', 'PLIMSOLL_CLUSTERS', `holds ${shown(wrong)}: give names or ARNs of clusters, with commas between`);
}

/** Reads `PLIMSOLL_ECS_CALLS_PER_SECOND` and `PLIMSOLL_MAXIMUM_CONCURRENCY`. */
export function readCallBudget(env: Environment): VariableResult<CallBudget> {
  const { PLIMSOLL_ECS_CALLS_PER_SECOND: calls = '', PLIMSOLL_MAXIMUM_CONCURRENCY: concurrency = '' } = env;
  const callsPerSecond = calls.trim() === '' ? DEFAULT_CALLS_PER_SECOND : Number(calls);
  if (!(callsPerSecond > 0 && callsPerSecond <= ACCOUNT_CALLS_PER_SECOND)) {
    const range = `give calls a second, above 0 and at most ${ACCOUNT_CALLS_PER_SECOND}`;
    return refused('INVALID_CALL_BUDGET', 'PLIMSOLL_ECS_CALLS_PER_SECOND', `is ${shown(calls)}: ${range}`);
  }
  const environments = concurrency.trim() === '' ? DEFAULT_ENVIRONMENTS : Number(concurrency);
  if (!(Number.isInteger(environments) && environments >= 1 && environments <= MAX_ENVIRONMENTS)) {
    const range = `give a whole number from 1 to ${MAX_ENVIRONMENTS}`;
    return refused('INVALID_CALL_BUDGET', 'PLIMSOLL_MAXIMUM_CONCURRENCY', `is ${shown(concurrency)}: ${range}`);
  }
  return { ok: true, value: { callsPerSecond, environments } };
}

/** Reads `PLIMSOLL_READ_TASKS`, `PLIMSOLL_DISCOVER_SERVICES` and `PLIMSOLL_DISCOVERED_HEADROOM`. */
export function readScope(env: Environment): VariableResult<ReadingScope> {
  const tasks = readSwitch(env, 'PLIMSOLL_READ_TASKS');
  if (!tasks.ok) return tasks;
  const discoverServices = readSwitch(env, 'PLIMSOLL_DISCOVER_SERVICES');
  if (!discoverServices.ok) return discoverServices;
  const { PLIMSOLL_DISCOVERED_HEADROOM: text = '' } = env;
  const discoveredHeadroom = text.trim() === '' ? 0 : Number(text);
  if (!(Number.isSafeInteger(discoveredHeadroom) && discoveredHeadroom >= 0)) {
    return refused('INVALID_HEADROOM', 'PLIMSOLL_DISCOVERED_HEADROOM', `is ${shown(text)}: give a whole number of tasks, 0 or more`);
  }
  return { ok: true, value: { tasks: tasks.value, discoverServices: discoverServices.value, discoveredHeadroom } };
}

/** A switch is `true` or `false`; one that is not set is off. */
export function readSwitch(env: Environment, variable: string): VariableResult<boolean> {
  const { [variable]: text = '' } = env;
  if (text === '' || text === 'false') return { ok: true, value: false };
  if (text === 'true') return { ok: true, value: true };
  return refused('INVALID_SWITCH', variable, `is ${shown(text)}: give true or false`);
}
