import { type Host, readTask, type Task } from '@plimsoll/capacity-core';
import { TASK_STATE_CHANGE } from '@plimsoll/event-schemas/task-state-change';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { clusterArnOf, lastPartOf } from './cluster-arn.js';
import { kindOfDocument } from './document-kind.js';
import { nameOfInput } from './open-input.js';
import { type PlacedDocument, readPlacedDocuments } from './open-json.js';
import { countedByKind } from './snapshot-document.js';

const EXPECTED = `what \`aws ecs describe-tasks\` prints, or ${TASK_STATE_CHANGE} events`;

type Fields = Readonly<Record<string, unknown>>;

/** The tasks of a cluster. */
export interface TaskList {
  /** The newest record of each. */
  readonly tasks: readonly Task[];
  /** ARN of their cluster; `undefined` where no record tells. */
  readonly clusterArn: string | undefined;
}

/**
 * Reads the tasks of a cluster out of files; of two records of a task the greater version counts.
 *
 * @param daemonGroups - groups of daemon services
 * @throws UsageError when a file cannot be read or holds something else or another cluster's tasks, or lacks a task that may exist
 */
export async function readTasks(
  files: readonly string[],
  { io, daemonGroups }: { readonly io: Pick<ProgramIo, 'stdin'>; readonly daemonGroups: ReadonlySet<string> },
): Promise<TaskList> {
  const found: FoundTask[] = [];
  for (const file of files) {
    const documents = await readPlacedDocuments(file, { stdin: io.stdin, expected: EXPECTED });
    found.push(...documents.flatMap((document) => tasksIn(document, daemonGroups)));
    checkKinds(file, documents);
  }
  const newest = new Map<string, Task>();
  for (const { task } of found) {
    const known = newest.get(task.taskArn);
    if (known === undefined || (task.version ?? 0) > (known.version ?? 0)) newest.set(task.taskArn, task);
  }
  const clusters = new Set(found.flatMap((one) => one.clusterArn ?? []));
  const [clusterArn, second] = clusters;
  if (clusterArn !== undefined && second !== undefined) {
    throw new UsageError(`the tasks are of clusters ${namesOf(clusterArn, second)}: give one cluster at a time`);
  }
  return { tasks: [...newest.values()], clusterArn };
}

/**
 * Refuses a file that tells of no task, but of other things: it would be taken for a cluster that runs none.
 *
 * @throws UsageError where all that it holds are events, and none is of a task
 */
function checkKinds(file: string, documents: readonly PlacedDocument[]): void {
  const items: readonly unknown[] = documents.flatMap(({ value }) => value);
  const others = items
    .map((item) => (item as Fields)['detail-type'])
    .filter((kind) => typeof kind === 'string' && kind !== TASK_STATE_CHANGE);
  if (items.length === 0 || others.length < items.length) return;
  throw new UsageError(
    `${nameOfInput(file)} holds only events about something other than tasks (${countedByKind(others.map(String))}): give ${EXPECTED}`,
  );
}

/**
 * Refuses tasks of another cluster than the hosts: they would be taken for the hosts' own.
 *
 * @throws UsageError where both tell their cluster, and it is not the same
 */
export function checkCluster(
  { clusterArn }: TaskList,
  { cluster, hosts }: { readonly cluster: string | null; readonly hosts: readonly Host[] },
): void {
  if (clusterArn === undefined) return;
  const [arn] = hosts.flatMap((host) => clusterArnOf(host) ?? []);
  if (arn === undefined ? cluster === null || cluster === lastPartOf(clusterArn) : arn === clusterArn) return;
  const names = arn === undefined ? `${lastPartOf(clusterArn)} and ${cluster}` : namesOf(clusterArn, arn);
  throw new UsageError(`the tasks and the hosts are of two clusters, ${names}: give one cluster at a time`);
}

/** The names of two clusters; their ARNs where the names are the same. */
function namesOf(first: string, second: string): string {
  const [one, other] = lastPartOf(first) === lastPartOf(second) ? [first, second] : [lastPartOf(first), lastPartOf(second)];
  return `${one} and ${other}`;
}

interface FoundTask {
  readonly task: Task;
  readonly clusterArn: string | undefined;
}

function tasksIn(document: PlacedDocument, daemonGroups: ReadonlySet<string>): readonly FoundTask[] {
  return recordsIn(document).map((record) => {
    const task = readTask(record, { daemonGroups });
    if (!task.ok) throw new UsageError(`${document.place}: ${task.error.message}`);
    const { clusterArn } = record as Fields;
    return { task: task.value, clusterArn: typeof clusterArn === 'string' ? clusterArn : undefined };
  });
}

function recordsIn(document: PlacedDocument): readonly unknown[] {
  const { value, place } = document;
  // An array within an array is nothing AWS prints; refusing it bounds the recursion.
  if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? refuse(item, place) : recordsIn({ value: item, place })));
  if (typeof value !== 'object' || value === null) return refuse(value, place);
  const fields = value as Fields;
  if (Array.isArray(fields.tasks)) {
    checkFailures(fields.failures, place);
    return fields.tasks;
  }
  if (typeof fields['detail-type'] === 'string') return fields['detail-type'] === TASK_STATE_CHANGE ? [fields.detail] : [];
  return 'taskArn' in fields ? [fields] : refuse(fields, place);
}

/** A task that was not described, and may exist, would be taken for none. `MISSING` is one that ECS does not know any more. */
function checkFailures(failures: unknown, place: string): void {
  const reasons = Array.isArray(failures) ? failures.map((failure) => (failure as Fields | null)?.reason ?? 'without reason') : [];
  const undescribed = reasons.find((reason) => reason !== 'MISSING');
  if (undescribed !== undefined) throw new UsageError(`${place}: a task was not described (${String(undescribed)}): describe it again`);
}

function refuse(found: unknown, place: string): never {
  throw new UsageError(`${place}: this is ${kindOfDocument(found)}: give ${EXPECTED}`);
}
