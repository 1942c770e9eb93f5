import type { TaskSize } from '@plimsoll/capacity-core';

/** Writes a task size as a SPEC, the inverse of `parseTaskSizeSpec`. */
export function writeTaskSizeSpec(size: TaskSize): string {
  const parts = [
    ...size.tcpPorts.map((port) => `,tcp=${port}`),
    ...size.udpPorts.map((port) => `,udp=${port}`),
    ...(size.gpus > 0 ? [`,gpu=${size.gpus}`] : []),
  ];
  return `${size.name}=${size.cpuUnits}:${size.memoryMiB}${parts.join('')}`;
}
