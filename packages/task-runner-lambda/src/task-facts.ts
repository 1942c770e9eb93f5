import type { ContainerDefinitionRecord, LogPlace, TaskDefinitionRecord } from './ports.js';

/**
 * Time between SIGTERM and SIGKILL where a definition names none, in seconds.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
 */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30;

/**
 * Longest one ECS documents, in seconds; agents on EC2 may be configured beyond, and then are not waited for.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (`stopTimeout`)
 */
const LONGEST_STOP_TIMEOUT_SECONDS = 120;

/** Where the container's log goes, as far as the definition says. */
export interface LogDestination {
  readonly region: string | undefined;
  readonly group: string;
  readonly streamPrefix: string;
}

/** What a task definition says about a run. */
export interface TaskFacts {
  /** Container whose exit code decides. */
  readonly container: string;
  /** Where its log is, if CloudWatch Logs has it under a name that can be told. */
  readonly log: LogDestination | undefined;
  /** Longest time between SIGTERM and SIGKILL over the containers, in milliseconds. */
  readonly stopTimeoutMs: number;
}

/** Facts, or why the definition does not go with the request. */
export type TaskFactsResult = { readonly ok: true; readonly value: TaskFacts } | { readonly ok: false; readonly message: string };

/**
 * Reads a task definition for a run.
 *
 * One essential container decides by itself. Of several, one must be named: when it exits the others are stopped, and end with 143 or 137.
 */
export function readTaskFacts(definition: TaskDefinitionRecord, containerName: string | undefined): TaskFactsResult {
  const containers = definition.containerDefinitions ?? [];
  const names = containers.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const essential = containers.filter((container) => container.essential !== false);
  if (containerName !== undefined && !names.includes(containerName)) {
    return { ok: false, message: `ContainerName is ${containerName}, but the task definition has ${list(names)}: name one of them` };
  }
  if (containerName === undefined && essential.length !== 1) {
    const found = essential.length === 0 ? 'no essential container' : `${essential.length} essential containers`;
    const choice = list(essential.flatMap(({ name }) => name ?? []));
    return { ok: false, message: `the task definition has ${found} (${choice}): name in ContainerName the one whose exit code decides` };
  }
  const deciding = containers.find(({ name }) => name === containerName) ?? essential[0];
  if (deciding?.name === undefined) return { ok: false, message: 'the task definition has a container without a name' };
  const timeouts = containers.map(({ stopTimeout }) => stopTimeout ?? DEFAULT_STOP_TIMEOUT_SECONDS);
  const stopTimeoutMs = Math.min(LONGEST_STOP_TIMEOUT_SECONDS, Math.max(DEFAULT_STOP_TIMEOUT_SECONDS, ...timeouts)) * 1000;
  return { ok: true, value: { container: deciding.name, log: logOf(deciding), stopTimeoutMs } };
}

/**
 * The log stream of a task's deciding container: prefix, container, task id.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
export function logPlaceOf({ container, log }: Pick<TaskFacts, 'container' | 'log'>, taskArn: string): LogPlace | undefined {
  if (log === undefined) return undefined;
  const stream = `${log.streamPrefix}/${container}/${taskIdOf(taskArn)}`;
  return { ...(log.region === undefined ? {} : { region: log.region }), group: log.group, stream };
}

/** Name of a cluster that is given by name or ARN, or not at all. */
export function clusterNameOf(cluster = 'default'): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1);
}

/** Last part of a task's ARN. */
export function taskIdOf(taskArn: string): string {
  return taskArn.slice(taskArn.lastIndexOf('/') + 1);
}

/** Without a prefix, on EC2, the stream has the name of the Docker container, which ECS does not tell. */
function logOf({ logConfiguration }: ContainerDefinitionRecord): LogDestination | undefined {
  const options = logConfiguration?.options ?? {};
  const { 'awslogs-group': group, 'awslogs-stream-prefix': streamPrefix, 'awslogs-region': region } = options;
  if (logConfiguration?.logDriver !== 'awslogs' || !group || !streamPrefix) return undefined;
  return { region: region || undefined, group, streamPrefix };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
