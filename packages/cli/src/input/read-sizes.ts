import type { TaskSize, TaskSizes } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { parseTaskSizeSpecs } from '../task-size-spec.js';
import { withHeadroom } from './headroom.js';
import { readTaskDefinitions } from './read-task-definitions.js';

/** Options that say which task sizes to count. */
export interface SizeOptions {
  /** SPECs. */
  readonly taskSize?: readonly string[];
  /** FILEs of task definitions. */
  readonly taskDefinition?: readonly string[];
  /** `NAME=N`, in tasks. */
  readonly headroom?: readonly string[];
}

/**
 * The sizes to count: those of the command line first, then those of task definitions, each with its headroom.
 *
 * @throws UsageError when there is none, or one is wrong
 */
export async function readSizes(options: SizeOptions, io: Pick<ProgramIo, 'stdin'>): Promise<TaskSizes> {
  const { taskSize = [], taskDefinition = [], headroom = [] } = options;
  const written = taskSize.length === 0 && taskDefinition.length > 0 ? [] : readSpecs(taskSize);
  const sizes = withHeadroom([...written, ...(await readTaskDefinitions(taskDefinition, io))], headroom);
  const repeated = sizes.find(({ name }, index) => sizes.findIndex((size) => size.name === name) !== index);
  if (repeated !== undefined) throw new UsageError(`two task sizes share the name ${repeated.name}: give each a name of its own`);
  const [first, ...rest] = sizes;
  if (first === undefined) throw new UsageError('no task size is given: give --task-size NAME=CPU:MEMORY');
  return [first, ...rest];
}

function readSpecs(specs: readonly string[]): readonly TaskSize[] {
  const sizes = parseTaskSizeSpecs(specs);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  return sizes.value;
}
