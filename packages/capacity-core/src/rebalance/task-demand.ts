import type { TaskSize } from '../task-size.js';

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
