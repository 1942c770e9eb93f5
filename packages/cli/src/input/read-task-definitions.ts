import { readTaskDefinition, type TaskSize } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
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
      const size = readTaskDefinition(value);
      if (!size.ok) throw new UsageError(`${place}: ${size.error.message}: give ${EXPECTED}`);
      sizes.push(size.value);
    }
  }
  return sizes;
}
