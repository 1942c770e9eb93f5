import type { TaskSize } from '../task-size.js';
import { NO_LIMIT } from './dimension.js';

/** Tasks of one size that must be placed. */
export interface TaskDemand {
  /** What each asks of a host. */
  readonly size: TaskSize;
  /** How many. Integer, at least 0. */
  readonly tasks: number;
}

/** How many tasks a list asks for together. */
export function totalOf(demand: readonly TaskDemand[]): number {
  return demand.reduce((sum, { tasks }) => sum + tasks, 0);
}

/** The copies that must still fit of each size. */
export function headroomOf(sizes: readonly TaskSize[]): readonly TaskDemand[] {
  return sizes.filter(({ headroom }) => headroom > 0).map((size) => ({ size, tasks: size.headroom }));
}

/** Adds tasks to the numbers of their kinds; a number that makes no sense counts as more than any cluster runs. */
export function countInto(counts: Float64Array, demand: readonly TaskDemand[], kindOf: (size: TaskSize) => number): Float64Array {
  for (const { size, tasks } of demand) {
    const kind = kindOf(size);
    counts[kind] = Math.min(NO_LIMIT, (counts[kind] ?? 0) + (tasks >= 0 ? Math.min(NO_LIMIT, Math.ceil(tasks)) : NO_LIMIT));
  }
  return counts;
}
