import { asksForTasksIn, dependsOn, isBrokenBy, mayOpenIn, tellsGroupsApart } from '../placement-expression/asks-for-tasks.js';
import type { PlacementExpression } from '../placement-expression/expression.js';
import type { Reason } from '../reason.js';
import type { TaskSize } from '../task-size.js';
import { demandOf, isRounded, STEP } from './dimension.js';

/** Tasks that ask the same of a host are of one kind, whatever they are called. */
export interface Kinds {
  /** One size of each kind. */
  readonly sizes: readonly TaskSize[];
  /** What some kind asks for, other than ports. */
  readonly dimensions: readonly Reason[];
  /** Demand: kinds × dimensions. */
  readonly demand: Float64Array;
  /** Of each dimension: the most that demand or room is off by, since amounts are whole 1,024ths; 0 where none is. */
  readonly rounding: Float64Array;
  /** Of each kind: the kinds that its host takes no (more) copy of. */
  readonly closes: ReadonlyArray<readonly number[]>;
  /** Of each kind: the kinds of which no host runs a copy beside it, whichever came first. */
  readonly excludes: ReadonlyArray<readonly number[]>;
  /** Of each kind: whether it is packed one copy a host at most: a copy may keep another off, or does. */
  readonly exclusive: readonly boolean[];
  /** Of each kind: whether no host can run two copies, whatever else it runs. */
  readonly single: readonly boolean[];
  /** Of each kind: whether its constraints ask what runs on a host. What they may depend on closes a host to it. */
  readonly asksForTasks: readonly boolean[];
  /** Of each kind: whether its constraints could let it onto a host that did not take it, once something else was placed there. */
  readonly mayOpen: readonly boolean[];
}

/**
 * Finds the kinds among sizes, and which kind each size is of. Linear in kinds × those with
 * ports or constraints.
 *
 * `further` dimensions are kept whether a kind asks for them or not; each size that is `alone` is of a kind of its own, and where
 * they are told `byGroup`, so is what the sizes of each group ask for.
 */
export function kindsOf(
  sizes: readonly TaskSize[],
  {
    further = [],
    alone = new Set(),
    byGroup = false,
  }: { readonly further?: readonly Reason[]; readonly alone?: ReadonlySet<TaskSize>; readonly byGroup?: boolean } = {},
): { readonly kinds: Kinds; readonly kindOf: (size: TaskSize) => number } {
  const apart = groupsApart(sizes, byGroup);
  const keys = new Map<TaskSize, string>();
  const unique = new Map<string, TaskSize>();
  for (const size of sizes) {
    if (keys.has(size)) continue;
    const key = alone.has(size) ? `${size.name} ${keyOf(size, apart)}` : keyOf(size, apart);
    keys.set(size, key);
    const known = unique.get(key);
    if (known === undefined || size.name < known.name) unique.set(key, size);
  }
  // In the order of their keys, so that the order of sizes changes nothing.
  const sorted = [...unique.keys()].sort();
  const indices = new Map(sorted.map((key, index) => [key, index]));
  const kinds = describe(
    sorted.flatMap((key) => unique.get(key) ?? []),
    further,
  );
  return { kinds, kindOf: (size) => indices.get(keys.get(size) ?? keyOf(size, apart)) ?? -1 };
}

/** Groups whose tasks are told apart from others that ask for the same; `undefined` where those without a group are. */
function groupsApart(sizes: readonly TaskSize[], byGroup: boolean): ReadonlySet<string | undefined> {
  const apart = new Set<string | undefined>(sizes.filter((size) => byGroup || isDistinct(size)).flatMap(({ group }) => group ?? []));
  const telling = [...new Set(sizes.flatMap(expressionsOf))].filter(tellsGroupsApart);
  if (telling.length === 0) return apart;
  const groups = new Set(sizes.map(({ group }) => group));
  for (const group of groups) if (telling.some((expression) => dependsOn(expression, group))) apart.add(group);
  return apart;
}

function expressionsOf({ placementConstraints }: TaskSize): readonly PlacementExpression[] {
  return placementConstraints.flatMap((constraint) => (constraint.type === 'memberOf' ? [constraint.expression] : []));
}

function describe(sizes: readonly TaskSize[], further: readonly Reason[]): Kinds {
  const others = [...new Set(sizes.flatMap((size) => size.others.map(({ name }) => name)))].sort();
  const all: readonly Reason[] = ['CPU', 'MEMORY', 'GPU', 'ENI', ...others.map((name): Reason => `RESOURCE:${name}`)];
  const asked = all.filter((dimension) => sizes.some((size) => demandOf(size, dimension) > 0));
  const dimensions = [...new Set([...asked, ...further])];
  return {
    sizes,
    dimensions,
    demand: Float64Array.from(sizes.flatMap((size) => dimensions.map((dimension) => demandOf(size, dimension)))),
    rounding: Float64Array.from(dimensions, (dimension) => (sizes.some((size) => isRounded(size, dimension)) ? 1 / STEP : 0)),
    ...rivalsAmong(sizes),
    asksForTasks: sizes.map(asksForTasks),
    mayOpen: sizes.map(mayOpen),
  };
}

/**
 * Which kinds keep which off a host.
 *
 * Kinds are looked up by port and by group, and kinds that ask for the same ports share a list: there may be thousands.
 */
function rivalsAmong(sizes: readonly TaskSize[]): Pick<Kinds, 'closes' | 'excludes' | 'exclusive' | 'single'> {
  const holders = new Map<string, number[]>();
  const add = (what: string, kind: number): void => {
    const known = holders.get(what);
    if (known === undefined) holders.set(what, [kind]);
    else known.push(kind);
  };
  for (const [kind, size] of sizes.entries()) {
    for (const port of portsOf(size)) add(port, kind);
    if (isDistinct(size) && size.group !== undefined) add(`group ${size.group}`, kind);
  }
  const asking = sizes.flatMap((size, kind) => (asksForTasks(size) ? [{ kind, expressions: expressionsOf(size) }] : []));
  for (const group of new Set(asking.length === 0 ? [] : sizes.map(({ group: one }) => one))) {
    for (const { kind, expressions } of asking) if (expressions.some((one) => dependsOn(one, group))) add(askedOf(group), kind);
  }
  const lists = new Map<string, readonly number[]>();
  const kindsWith = (what: readonly string[]): readonly number[] => {
    const held = what.filter((one) => holders.has(one));
    const key = held.join('\n');
    const list = lists.get(key) ?? [...new Set(held.flatMap((one) => holders.get(one) ?? []))].sort((a, b) => a - b);
    lists.set(key, list);
    return list;
  };
  const groupOf = ({ group }: TaskSize): readonly string[] => (group === undefined ? [] : [`group ${group}`]);
  // Copies of one kind without a group may be of groups that differ, but are not known to be.
  const isAlone = (size: TaskSize): boolean => isDistinct(size) && size.group === undefined;
  return {
    closes: sizes.map((placed, kind) => {
      const closed = kindsWith([...portsOf(placed), ...groupOf(placed), askedOf(placed.group)]);
      return isAlone(placed) && !closed.includes(kind) ? [...closed, kind].sort((a, b) => a - b) : closed;
    }),
    excludes: sizes.map((one) => kindsWith([...portsOf(one), ...(isDistinct(one) ? groupOf(one) : [])])),
    exclusive: sizes.map((size) => isSingle(size) || expressionsOf(size).some((one) => dependsOn(one, size.group))),
    single: sizes.map(isSingle),
  };
}

/** Names the kinds whose constraints depend on tasks of the group. */
function askedOf(group: string | undefined): string {
  return group === undefined ? 'tasks' : `tasks ${group}`;
}

function isSingle(size: TaskSize): boolean {
  const { tcpPorts, udpPorts, group } = size;
  if (tcpPorts.length + udpPorts.length > 0 || isDistinct(size)) return true;
  return group !== undefined && expressionsOf(size).some((expression) => isBrokenBy(expression, group));
}

function portsOf({ tcpPorts, udpPorts }: TaskSize): readonly string[] {
  return [...tcpPorts.map((port) => `tcp ${port}`), ...udpPorts.map((port) => `udp ${port}`)];
}

/** Whether the size has a `distinctInstance` constraint. */
export function isDistinct({ placementConstraints }: TaskSize): boolean {
  return placementConstraints.some(({ type }) => type === 'distinctInstance');
}

function keyOf(size: TaskSize, apart: ReadonlySet<string | undefined>): string {
  return JSON.stringify([
    size.cpuUnits,
    size.memoryMiB,
    size.gpus,
    [...size.tcpPorts].sort((a, b) => a - b),
    [...size.udpPorts].sort((a, b) => a - b),
    size.networkMode === 'awsvpc',
    size.others.filter(({ amount }) => amount > 0).map(({ name, amount }) => [name, amount]),
    size.requiredAttributes.map(({ name, value }) => [name, value ?? null]),
    size.placementConstraints.map((constraint) => (constraint.type === 'memberOf' ? constraint.expression : constraint.type)),
    apart.has(size.group) ? (size.group ?? 0) : null,
  ]);
}

function asksForTasks(size: TaskSize): boolean {
  return expressionsOf(size).some(asksForTasksIn);
}

function mayOpen(size: TaskSize): boolean {
  return expressionsOf(size).some((expression) => mayOpenIn(expression));
}
