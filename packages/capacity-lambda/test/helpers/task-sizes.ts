import type { TaskSize } from '@plimsoll/capacity-core';
import { plainSize } from '@plimsoll/simulator';

/** A task size that asks for CPU and 1,000 MiB only. */
export function size(name: string, cpuUnits: number): TaskSize {
  return plainSize({ name, cpuUnits, memoryMiB: 1000 });
}
