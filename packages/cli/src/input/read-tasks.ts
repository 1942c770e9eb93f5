import { readTask, type Task } from '@plimsoll/capacity-core';
import { TASK_STATE_CHANGE } from '@plimsoll/event-schemas/task-state-change';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { type PlacedDocument, readPlacedDocuments } from './open-json.js';

const EXPECTED = `what \`aws ecs describe-tasks\` prints, or ${TASK_STATE_CHANGE} events`;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the tasks of a cluster out of files; of two records of a task the greater version counts.
 *
 * @throws UsageError when a file cannot be read or holds something else, or lacks a task that may exist
 */
export async function readTasks(files: readonly string[], io: Pick<ProgramIo, 'stdin'>): Promise<readonly Task[]> {
  const newest = new Map<string, Task>();
  for (const file of files) {
    for (const document of await readPlacedDocuments(file, { stdin: io.stdin, expected: EXPECTED })) {
      for (const task of tasksIn(document)) {
        const known = newest.get(task.taskArn);
        if (known === undefined || (task.version ?? 0) > (known.version ?? 0)) newest.set(task.taskArn, task);
      }
    }
  }
  return [...newest.values()];
}

function tasksIn(document: PlacedDocument): readonly Task[] {
  return recordsIn(document).map((record) => {
    const task = readTask(record);
    if (!task.ok) throw new UsageError(`${document.place}: ${task.error.message}`);
    return task.value;
  });
}

function recordsIn(document: PlacedDocument): readonly unknown[] {
  const { value, place } = document;
  // An array within an array is nothing AWS prints; refusing it bounds the recursion.
  if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? refuse(place) : recordsIn({ value: item, place })));
  if (typeof value !== 'object' || value === null) return refuse(place);
  const fields = value as Fields;
  if (Array.isArray(fields.tasks)) {
    checkFailures(fields.failures, place);
    return fields.tasks;
  }
  if (typeof fields['detail-type'] === 'string') return fields['detail-type'] === TASK_STATE_CHANGE ? [fields.detail] : [];
  return 'taskArn' in fields ? [fields] : refuse(place);
}

/** A task that was not described, and may exist, would be taken for none. `MISSING` is one that ECS does not know any more. */
function checkFailures(failures: unknown, place: string): void {
  const reasons = Array.isArray(failures) ? failures.map((failure) => (failure as Fields | null)?.reason) : [];
  const undescribed = reasons.find((reason) => reason !== 'MISSING');
  if (undescribed !== undefined) throw new UsageError(`${place}: a task was not described (${String(undescribed)}): describe it again`);
}

function refuse(place: string): never {
  throw new UsageError(`${place}: this is something else: give ${EXPECTED}`);
}
