import { exactCapacity, type Host, pooledCapacity, readHost } from '@plimsoll/capacity-core';
import { TASK_SIZES } from './scenario.js';

/** The numbers of one moment. */
export interface Numbers {
  /** The least over the task sizes: more tasks of any size that fit for certain. */
  readonly containerCapacity: number;
  /** Hosts' worth of room. */
  readonly idleHostCapacity: number;
  /** Container capacity by task size, in the order of `TASK_SIZES`. */
  readonly bySize: readonly number[];
  /** Idle host capacity by task size, in the same order. */
  readonly idleBySize: readonly number[];
}

/** One row of the demo's table. */
export interface Moment {
  readonly title: string;
  /** Seconds since the demo began. */
  readonly seconds: number;
  /** Container-instance events the step produced; each was one invocation of the function. */
  readonly events: number;
  /** What ECS answered where it had no room. */
  readonly refusals: readonly string[];
  /** Read back from CloudWatch; `null` where nothing was published. */
  readonly published: Numbers | null;
  /** The core's own answer on the same records. */
  readonly expected: Numbers;
  /** What the formula over sums would have said for the first task size. */
  readonly pooledFirstSize: number;
}

/** The core's answers on the records ECS describes. */
export function answers(records: readonly unknown[]): { readonly expected: Numbers; readonly pooledFirstSize: number } {
  const hosts = records.map(readHost).flatMap((result): Host[] => (result.ok ? [result.value] : []));
  const exact = exactCapacity(hosts, TASK_SIZES);
  const pooled = pooledCapacity(hosts, TASK_SIZES);
  return {
    expected: {
      containerCapacity: exact.containerCapacity,
      idleHostCapacity: exact.idleHostCapacity ?? Number.NaN,
      bySize: exact.taskSizes.map((size) => size.containerCapacity),
      idleBySize: exact.taskSizes.map((size) => size.idleHostCapacity ?? Number.NaN),
    },
    pooledFirstSize: pooled.ok ? (pooled.value.taskSizes[0]?.containerCapacity ?? 0) : Number.NaN,
  };
}

/** The moments whose published numbers are not the core's own. */
export function differences(moments: readonly Moment[]): readonly Moment[] {
  return moments.filter(({ published, expected }) => published === null || !sameNumbers(published, expected));
}

function sameNumbers(a: Numbers, b: Numbers): boolean {
  const [left, right] = [allOf(a), allOf(b)];
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function allOf({ containerCapacity, idleHostCapacity, bySize, idleBySize }: Numbers): readonly number[] {
  return [containerCapacity, idleHostCapacity, ...bySize, ...idleBySize];
}
