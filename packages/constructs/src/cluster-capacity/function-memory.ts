import type { ReadingSize } from './call-budget.js';

/**
 * Memory by hosts, in MiB: by `benchmarks/memory.mjs` of `@plimsoll/capacity-lambda`, whose peaks docs/capacity-function.md has, and
 * a quarter or more beyond them for the events of a batch, of which Lambda takes 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const OF_HOSTS = { steps: [{ to: 2_000, memoryMiB: 256 }], mostMiB: 512 };

/** The same where tasks are read, with ten of them on each host. */
const OF_HOSTS_AND_TASKS = {
  steps: [
    { to: 500, memoryMiB: 256 },
    { to: 2_000, memoryMiB: 512 },
  ],
  mostMiB: 1_024,
};

/** Memory of the function for a cluster that may grow so large, in MiB. */
export function memoryFor({ hosts, readsTasks }: Pick<ReadingSize, 'hosts' | 'readsTasks'>): number {
  const { steps, mostMiB } = readsTasks ? OF_HOSTS_AND_TASKS : OF_HOSTS;
  return steps.find(({ to }) => hosts <= to)?.memoryMiB ?? mostMiB;
}
