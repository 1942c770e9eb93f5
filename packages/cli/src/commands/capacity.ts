import { exactCapacity, type TaskSizes } from '@plimsoll/capacity-core';
import { type Count, countPooled } from '../count.js';
import { readSnapshot } from '../input/read-snapshot.js';
import { EXIT_STATUS, UsageError } from '../program-error.js';
import { capacityReport } from '../report/capacity-report.js';
import { capacityTable } from '../report/capacity-table.js';
import { parseTaskSizeSpecs } from '../task-size-spec.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll capacity`, as the argument parser gives them. */
export interface CapacityOptions {
  /** FILEs, or `-`. */
  readonly snapshot?: readonly string[];
  /** Name or ARN of a live cluster. */
  readonly cluster?: string;
  /** Region of the live cluster. */
  readonly region?: string;
  /** Where to send the calls instead of AWS. */
  readonly endpointUrl?: string;
  /** SPECs. */
  readonly taskSize?: readonly string[];
  /** How to count. */
  readonly method: 'exact' | 'pooled';
  /** ARN of the pooled method's reference host. */
  readonly referenceHost?: string;
  /** Least container capacity that is enough. */
  readonly require?: number;
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** Prints how many more tasks fit, and answers whether that is enough. */
export async function runCapacity(options: CapacityOptions, context: CommandContext): Promise<number> {
  checkCombination(options);
  const sizes = parseTaskSizeSpecs(options.taskSize ?? []);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  const { cluster, answer, warnings } = await count(options, sizes.value, context);
  for (const warning of warnings) await context.warn(warning);
  if (!answer.ok) throw new UsageError(answer.error.message);
  const report = capacityReport(cluster, answer.value);
  await context.out(options.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : capacityTable(report, { bar: context.bar }));
  if (options.require === undefined || report.containerCapacity >= options.require) return EXIT_STATUS.ok;
  await context.warn(`container capacity ${report.containerCapacity} is below the ${options.require} required`);
  return EXIT_STATUS.tooLittle;
}

function checkCombination({ snapshot, cluster, region, endpointUrl, method, referenceHost }: CapacityOptions): void {
  if (snapshot === undefined && cluster === undefined) throw new UsageError('no hosts to count: give --snapshot FILE or --cluster NAME');
  if (snapshot !== undefined && cluster !== undefined) {
    throw new UsageError('--snapshot and --cluster exclude each other: give one of them');
  }
  if (cluster === undefined && (region ?? endpointUrl) !== undefined) {
    throw new UsageError(`${region === undefined ? '--endpoint-url' : '--region'} has no use with --snapshot: leave it out`);
  }
  if (method === 'exact' && referenceHost !== undefined) {
    throw new UsageError('--reference-host has no use with the exact method: add --method pooled, or leave it out');
  }
}

async function count(options: CapacityOptions, sizes: TaskSizes, { io }: CommandContext): Promise<Count> {
  const { cluster: live, snapshot = [], method } = options;
  if (live !== undefined) {
    // Loading the SDK takes longer than answering from a file, so only this path does.
    const { countLiveCluster } = require('../live/count-live-cluster.js') as typeof import('../live/count-live-cluster.js');
    return countLiveCluster({ ...options, cluster: live }, sizes);
  }
  const { cluster, hosts, warnings } = await readSnapshot(snapshot, io);
  const answer = method === 'exact' ? { ok: true as const, value: exactCapacity(hosts, sizes) } : countPooled(hosts, sizes, options);
  return { cluster, answer, warnings };
}
