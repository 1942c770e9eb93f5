import { kindOf, ownFields } from './read-resources.js';
import { failure, type Result, success } from './result.js';
import type { Task } from './task.js';
import type { NetworkMode } from './task-size.js';

/** What a task's record does not say of it. */
export interface ReadTaskOptions {
  /**
   * Groups whose tasks daemon services started: `service:` and the name of each.
   *
   * @default none
   */
  readonly daemonGroups?: ReadonlySet<string>;
}

/** Why a task's record could not be read. */
export interface TaskError {
  /**
   * - `MISSING_FIELD`: a field this package needs is absent.
   * - `WRONG_TYPE`: a field holds another kind of value than ECS documents.
   * - `OUT_OF_RANGE`: a number is negative or not whole.
   */
  readonly code: 'MISSING_FIELD' | 'WRONG_TYPE' | 'OUT_OF_RANGE';
  /** The record's own ARN, where it has one. */
  readonly taskArn?: string;
  /** Where in the record. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The first port of the range that ECS leaves to automatic assignment, so that a port below it was fixed.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (`hostPort`)
 */
const FIRST_DYNAMIC_PORT = 32_768;

/**
 * Reads AWS's own record of a task: an item of DescribeTasks, or the detail of a Task State Change event.
 *
 * Lenient about what the record tells of size, since events leave it out: see `sizeUnknown`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
export function readTask(record: unknown, options: ReadTaskOptions = {}): Result<Task, TaskError> {
  const fields = ownFields(record);
  if (fields === undefined) return failure({ code: 'WRONG_TYPE', path: '', message: `the record is ${kindOf(record)}: expected a task` });
  const { taskArn, lastStatus, version = 0 } = fields;
  if (typeof taskArn !== 'string' || taskArn === '') return wrong('taskArn', taskArn, 'an ARN');
  if (typeof lastStatus !== 'string') return wrong('lastStatus', lastStatus, 'a string such as RUNNING', taskArn);
  if (typeof version !== 'number') return wrong('version', version, 'a whole number', taskArn);
  if (!Number.isSafeInteger(version) || version < 0) {
    return failure({
      code: 'OUT_OF_RANGE',
      taskArn,
      path: 'version',
      message: `version is ${version}: expected a whole number, 0 or more`,
    });
  }
  const text = textFields(fields, taskArn);
  if (!text.ok) return text;
  const { group } = text.value;
  const cpuUnits = amountOf(fields, 'cpu');
  const memoryMiB = amountOf(fields, 'memory');
  return success({
    taskArn,
    ...text.value,
    lastStatus,
    daemon: group !== undefined && options.daemonGroups?.has(group) === true,
    size: {
      name: taskArn,
      cpuUnits: cpuUnits ?? 0,
      memoryMiB: memoryMiB ?? 0,
      ...whatContainersHold(fields),
      others: [],
      requiredAttributes: [],
      placementConstraints: [],
      ...(group === undefined ? {} : { group }),
      headroom: 0,
    },
    ...(cpuUnits === undefined || memoryMiB === undefined ? { sizeUnknown: true as const } : {}),
    version,
  });
}

type TextFields = Pick<Task, 'containerInstanceArn' | 'group' | 'desiredStatus' | 'launchType'>;

function textFields(fields: Fields, taskArn: string): Result<TextFields, TaskError> {
  const texts: { -readonly [Field in keyof TextFields]: TextFields[Field] } = {};
  for (const field of ['containerInstanceArn', 'group', 'desiredStatus', 'launchType'] as const) {
    const value = fields[field];
    if (value === undefined) continue;
    if (typeof value !== 'string') return wrong(field, value, 'a string', taskArn);
    texts[field] = value;
  }
  return success(texts);
}

/** The task's own amount; where it has none, the sum over its containers, `undefined` where one of them has none either. */
function amountOf(fields: Fields, field: 'cpu' | 'memory'): number | undefined {
  const own = numberIn(fields[field]);
  // "0" stands for no amount of the task's own, as for CPU units that no container asks for.
  if (own !== undefined && (own > 0 || field === 'cpu')) return own;
  const amounts = containersOf(fields).map((container) => {
    const reservation = field === 'memory' ? numberIn(container.memoryReservation) : undefined;
    return reservation !== undefined && reservation > 0 ? reservation : numberIn(container[field]);
  });
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
}

/** Amounts in a task's record are texts. */
function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

interface Holdings {
  readonly gpus: number;
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
  readonly networkMode: NetworkMode;
}

function whatContainersHold(fields: Fields): Holdings {
  const containers = containersOf(fields);
  const gpus = containers.reduce((sum, { gpuIds }) => sum + (Array.isArray(gpuIds) ? gpuIds.length : 0), 0);
  if (hasOwnInterface(fields)) return { gpus, tcpPorts: [], udpPorts: [], networkMode: 'awsvpc' };
  const ports = { tcp: new Set<number>(), udp: new Set<number>() };
  for (const { hostPort, protocol } of containers.flatMap((container) => itemsOf(container.networkBindings))) {
    if (typeof hostPort !== 'number' || !(hostPort > 0 && hostPort < FIRST_DYNAMIC_PORT)) continue;
    ports[protocol === 'udp' ? 'udp' : 'tcp'].add(hostPort);
  }
  return { gpus, tcpPorts: [...ports.tcp], udpPorts: [...ports.udp], networkMode: 'bridge' };
}

/** API answers name the kind of attachment `ElasticNetworkInterface`, events `eni`. */
function hasOwnInterface(fields: Fields): boolean {
  return (
    itemsOf(fields.attachments).some(
      ({ type, status }) => (type === 'ElasticNetworkInterface' || type === 'eni') && status !== 'DELETED',
    ) || containersOf(fields).some(({ networkInterfaces }) => itemsOf(networkInterfaces).length > 0)
  );
}

function containersOf(fields: Fields): readonly Fields[] {
  return itemsOf(fields.containers);
}

function itemsOf(value: unknown): readonly Fields[] {
  const items: readonly unknown[] = Array.isArray(value) ? [...value] : [];
  return items.map((item) => ownFields(item)).filter((item) => item !== undefined);
}

function wrong(path: string, found: unknown, expected: string, taskArn?: string): { readonly ok: false; readonly error: TaskError } {
  const what = found === '' ? 'empty' : kindOf(found);
  return failure({
    code: found === undefined ? 'MISSING_FIELD' : 'WRONG_TYPE',
    ...(taskArn === undefined ? {} : { taskArn }),
    path,
    message: `task${taskArn === undefined ? '' : ` ${taskArn.slice(0, 200)}`}: ${path} is ${what}: expected ${expected}`,
  });
}
