import type { TaskSize } from '@plimsoll/capacity-core';

/** A task size that asks for CPU and 1,000 MiB only. */
export function size(name: string, cpuUnits: number): TaskSize {
  return {
    ...{ name, cpuUnits, memoryMiB: 1000, gpus: 0, tcpPorts: [], udpPorts: [], networkMode: 'bridge', others: [] },
    ...{ requiredAttributes: [], placementConstraints: [], headroom: 0 },
  };
}
