import type { Reason } from '../reason.js';
import type { TaskSize } from '../task-size.js';
import type { LooseTasks } from './loose-tasks.js';

/** Tasks of which only the sum is known, as one task that takes all of it. */
export function sizeOfLoose({ containerInstanceArn, amounts, tcpPorts, udpPorts }: LooseTasks, dimensions: readonly Reason[]): TaskSize {
  const amount = (dimension: Reason): number => amounts[dimensions.indexOf(dimension)] ?? 0;
  return {
    name: `tasks on ${containerInstanceArn}`,
    cpuUnits: amount('CPU'),
    memoryMiB: amount('MEMORY'),
    gpus: amount('GPU'),
    tcpPorts,
    udpPorts,
    networkMode: 'bridge',
    others: dimensions
      .filter((dimension) => dimension.startsWith('RESOURCE:') && amount(dimension) > 0)
      .map((dimension) => ({ name: dimension.slice('RESOURCE:'.length), amount: amount(dimension) })),
    requiredAttributes: [],
    placementConstraints: [],
    headroom: 0,
  };
}
