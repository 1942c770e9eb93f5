import type { PlacementExpression } from '../placement-expression/expression.js';
import type { Reason } from '../reason.js';
import type { TaskSize } from '../task-size.js';
import { demandOf } from './dimension.js';

/** Tasks that ask the same of a host are of one kind, whatever they are called. */
export interface Kinds {
  /** One size of each kind. */
  readonly sizes: readonly TaskSize[];
  /** What some kind asks for, other than ports. */
  readonly dimensions: readonly Reason[];
  /** Demand: kinds × dimensions. */
  readonly demand: Float64Array;
  /** Of each kind: the kinds that its host takes no (more) copy of. */
  readonly closes: ReadonlyArray<readonly number[]>;
  /** Of each kind: the kinds of which no host runs a copy beside it, whichever came first. */
  readonly excludes: ReadonlyArray<readonly number[]>;
  /** Of each kind: whether a host takes one copy at most. */
  readonly exclusive: readonly boolean[];
  /** Of each kind: whether its constraints ask what runs on a host. Such a kind takes no host that anything else was placed on. */
  readonly asksForTasks: readonly boolean[];
}

/**
 * Finds the kinds among sizes, and which kind each size is of. Linear in kinds × those with
 * ports or constraints.
 *
 * `further` dimensions are kept whether a kind asks for them or not; each size that is `alone` is of a kind of its own.
 */
export function kindsOf(
  sizes: readonly TaskSize[],
  { further = [], alone = new Set() }: { readonly further?: readonly Reason[]; readonly alone?: ReadonlySet<TaskSize> } = {},
): { readonly kinds: Kinds; readonly kindOf: (size: TaskSize) => number } {
  const apart = new Set(sizes.filter(isDistinct).flatMap(({ group }) => group ?? []));
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

function describe(sizes: readonly TaskSize[], further: readonly Reason[]): Kinds {
  const others = [...new Set(sizes.flatMap((size) => size.others.map(({ name }) => name)))].sort();
  const all: readonly Reason[] = ['CPU', 'MEMORY', 'GPU', 'ENI', ...others.map((name): Reason => `RESOURCE:${name}`)];
  const asked = all.filter((dimension) => sizes.some((size) => demandOf(size, dimension) > 0));
  const dimensions = [...new Set([...asked, ...further])];
  const at = (index: number): TaskSize => sizes[index] as TaskSize;
  // Only these can be kept off a host by what else runs there.
  const picky = sizes.flatMap((size, index) =>
    size.tcpPorts.length + size.udpPorts.length > 0 || isDistinct(size) || asksForTasks(size) ? [index] : [],
  );
  return {
    sizes,
    dimensions,
    demand: Float64Array.from(sizes.flatMap((size) => dimensions.map((dimension) => demandOf(size, dimension)))),
    closes: sizes.map((placed) => picky.filter((index) => isClosedBy(at(index), placed))),
    excludes: sizes.map((one) => picky.filter((index) => sharePorts(one, at(index)) || areApart(one, at(index)))),
    exclusive: sizes.map((size) => isClosedBy(size, size)),
    asksForTasks: sizes.map(asksForTasks),
  };
}

/** Whether a host that runs the one takes no copy of the other, whatever room it has. */
function isClosedBy(asking: TaskSize, placed: TaskSize): boolean {
  if (sharePorts(asking, placed) || asksForTasks(asking)) return true;
  if (!isDistinct(asking)) return false;
  return asking === placed || (asking.group !== undefined && asking.group === placed.group);
}

function sharePorts(one: TaskSize, other: TaskSize): boolean {
  return one.tcpPorts.some((port) => other.tcpPorts.includes(port)) || one.udpPorts.some((port) => other.udpPorts.includes(port));
}

/** Copies of one kind without a group may be of groups that differ. */
function areApart(one: TaskSize, other: TaskSize): boolean {
  return isDistinct(one) && isDistinct(other) && one.group !== undefined && one.group === other.group;
}

/** Whether the size has a `distinctInstance` constraint. */
export function isDistinct({ placementConstraints }: TaskSize): boolean {
  return placementConstraints.some(({ type }) => type === 'distinctInstance');
}

function keyOf(size: TaskSize, apart: ReadonlySet<string>): string {
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
    size.group !== undefined && apart.has(size.group) ? size.group : null,
  ]);
}

function asksForTasks({ placementConstraints }: TaskSize): boolean {
  const asks = (expression: PlacementExpression): boolean => {
    if (expression.kind === 'comparison') return expression.subject === 'task:group' || expression.subject === 'runningTasksCount';
    return expression.kind === 'not' ? asks(expression.operand) : expression.operands.some(asks);
  };
  return placementConstraints.some((constraint) => constraint.type === 'memberOf' && asks(constraint.expression));
}
