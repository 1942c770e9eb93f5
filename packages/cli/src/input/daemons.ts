import type { Daemon, TaskSize } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';

/** What the command line says of daemon services. */
export interface Daemons {
  /** Their sizes, as far as they are given. */
  readonly daemons: readonly Daemon[];
  /** Their groups. */
  readonly daemonGroups: ReadonlySet<string>;
  /** The other sizes. */
  readonly others: readonly TaskSize[];
}

/**
 * Takes the sizes of daemon services out of the sizes to count.
 *
 * A daemon service that no size is named after is known by its tasks alone.
 *
 * @param names - names of daemon services
 * @param given - the sizes, the groups by name, and whether tasks are given as well
 * @throws UsageError when a name stands twice, or nothing else is known of it
 */
export function takeDaemons(
  names: readonly string[],
  {
    sizes,
    groups,
    hasTasks,
  }: { readonly sizes: readonly TaskSize[]; readonly groups: ReadonlyMap<string, string>; readonly hasTasks: boolean },
): Daemons {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new UsageError(`daemon ${repeated} is given twice: give it once`);
  const groupOf = (name: string): string => groups.get(name) ?? `service:${name}`;
  for (const name of names) {
    if (!/^[\w.:/-]{1,255}$/.test(name)) throw new UsageError(`daemon ${JSON.stringify(name.slice(0, 80))} is no name of a service`);
    if (!hasTasks && !sizes.some((size) => size.name === name)) {
      throw new UsageError(`nothing is known of daemon ${name}: give --task-size ${name}=CPU:MEMORY, a task definition of it, or --tasks`);
    }
  }
  const daemons = sizes.filter(({ name }) => names.includes(name)).map((size) => ({ ...size, group: groupOf(size.name) }));
  return { daemons, daemonGroups: new Set(names.map(groupOf)), others: sizes.filter(({ name }) => !names.includes(name)) };
}
