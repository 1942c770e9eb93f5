import { readTaskDefinition, type TaskSize } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { kindOfDocument } from './document-kind.js';
import { readPlacedDocuments } from './open-json.js';

const EXPECTED = 'what `aws ecs describe-task-definition` prints';

/**
 * Reads the task sizes out of files of task definitions, each under the name of its family.
 *
 * @throws UsageError when a file cannot be read or holds something else
 */
export async function readTaskDefinitions(files: readonly string[], io: Pick<ProgramIo, 'stdin'>): Promise<readonly TaskSize[]> {
  const sizes: TaskSize[] = [];
  for (const file of files) {
    for (const { value, place } of await readPlacedDocuments(file, { stdin: io.stdin, expected: EXPECTED })) {
      if (!isTaskDefinition(value)) throw new UsageError(`${place}: this is ${kindOfDocument(value)}: give ${EXPECTED}`);
      const size = readTaskDefinition(value);
      if (!size.ok) throw new UsageError(`${place}: ${size.error.message}`);
      sizes.push(size.value);
    }
  }
  return sizes;
}

/** Whether the document has any of what a task definition has; if not, it is something else. */
function isTaskDefinition(document: unknown): boolean {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  return ['taskDefinition', 'family', 'containerDefinitions'].some((field) => Object.hasOwn(document, field));
}
