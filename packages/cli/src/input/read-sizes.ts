import type { TaskSize, TaskSizes } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { parseTaskSizeSpecs } from '../task-size-spec.js';
import { type Daemons, takeDaemons } from './daemons.js';
import { notesOfDefaultGroup, readGroups } from './groups.js';
import { withHeadroom } from './headroom.js';
import { readTaskDefinitions } from './read-task-definitions.js';

/** Options that say which task sizes to count. */
export interface SizeOptions {
  /** SPECs. */
  readonly taskSize?: readonly string[];
  /** FILEs of task definitions. */
  readonly taskDefinition?: readonly string[];
  /** `NAME=GROUP`. */
  readonly group?: readonly string[];
  /** Names of daemon services. */
  readonly daemon?: readonly string[];
  /** `NAME=N`, in tasks. */
  readonly headroom?: readonly string[];
  /** FILEs of the cluster's tasks, or `-`. */
  readonly tasks?: readonly string[];
}

/** The sizes of a command line. */
export interface Sizes extends Omit<Daemons, 'others'> {
  /** Those to count, with their groups and headroom. */
  readonly sizes: TaskSizes;
  /** What to tell of a size, by its name. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
}

/**
 * The sizes to count: those of the command line first, then those of task definitions; and the daemons among them.
 *
 * @throws UsageError when there is none to count, or one is wrong
 */
export async function readSizes(options: SizeOptions, io: Pick<ProgramIo, 'stdin'>): Promise<Sizes> {
  const { taskSize = [], taskDefinition = [], group = [], daemon = [], headroom = [], tasks } = options;
  const written = taskSize.length === 0 && taskDefinition.length > 0 ? [] : readSpecs(taskSize);
  const all = [...written, ...(await readTaskDefinitions(taskDefinition, io))];
  const repeated = all.find(({ name }, index) => all.findIndex((size) => size.name === name) !== index);
  if (repeated !== undefined) throw new UsageError(`two task sizes share the name ${repeated.name}: give each a name of its own`);
  const groups = readGroups(group, [...new Set([...all.map(({ name }) => name), ...daemon])]);
  const { others, ...daemons } = takeDaemons(daemon, { sizes: all, groups, hasTasks: tasks !== undefined });
  const [first, ...rest] = withHeadroom(withGroups(others, groups), headroom);
  if (first === undefined) throw new UsageError('every task size is that of a daemon: give one to count, --task-size NAME=CPU:MEMORY');
  const notes = new Map(others.filter(({ name }) => !groups.has(name)).map((size) => [size.name, notesOfDefaultGroup(size)]));
  return { sizes: [first, ...rest], ...daemons, notes };
}

function withGroups(sizes: readonly TaskSize[], groups: ReadonlyMap<string, string>): readonly TaskSize[] {
  return sizes.map((size) => {
    const group = groups.get(size.name);
    return group === undefined ? size : { ...size, group };
  });
}

function readSpecs(specs: readonly string[]): readonly TaskSize[] {
  const sizes = parseTaskSizeSpecs(specs);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  return sizes.value;
}
