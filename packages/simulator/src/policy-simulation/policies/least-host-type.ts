import type { HostType } from '@plimsoll/capacity-core';

/** What every one of some types of host brings: the least of each resource, and the attributes that all have. */
export function leastHostType(types: readonly [HostType, ...HostType[]]): HostType {
  return types.reduce((a, b) => ({
    name: `${a.name}|${b.name}`,
    resources: {
      cpuUnits: Math.min(a.resources.cpuUnits, b.resources.cpuUnits),
      memoryMiB: Math.min(a.resources.memoryMiB, b.resources.memoryMiB),
      gpus: Math.min(a.resources.gpus, b.resources.gpus),
      takenTcpPorts: [...new Set([...a.resources.takenTcpPorts, ...b.resources.takenTcpPorts])],
      takenUdpPorts: [...new Set([...a.resources.takenUdpPorts, ...b.resources.takenUdpPorts])],
      others: [],
    },
    attributes: (a.attributes ?? []).filter(({ name, value }) =>
      (b.attributes ?? []).some((other) => other.name === name && other.value === value),
    ),
  }));
}
