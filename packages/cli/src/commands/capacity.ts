import { type ClusterCapacity, exactCapacity, type Host, pooledCapacity, type TaskSizes } from '@plimsoll/capacity-core';
import { readSnapshot, type Snapshot } from '../input/read-snapshot.js';
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
  readonly taskSize: readonly string[];
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
  const sizes = parseTaskSizeSpecs(options.taskSize);
  if (!sizes.ok) throw new UsageError(sizes.error.message);
  const { cluster, hosts, warnings } = await readHosts(options, context);
  for (const warning of warnings) await context.warn(warning);
  const report = capacityReport(cluster, answer(options, hosts, sizes.value));
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

async function readHosts(options: CapacityOptions, { io }: CommandContext): Promise<Snapshot> {
  const { cluster, snapshot = [], region, endpointUrl } = options;
  if (cluster === undefined) return readSnapshot(snapshot, io);
  // Loading the SDK takes longer than answering from a file, so only this path does.
  const { readLiveCluster } = require('../live/read-live-cluster.js') as typeof import('../live/read-live-cluster.js');
  return readLiveCluster({
    cluster,
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  });
}

function answer({ method, referenceHost }: CapacityOptions, hosts: readonly Host[], sizes: TaskSizes): ClusterCapacity {
  if (method === 'exact') return exactCapacity(hosts, sizes);
  const pooled = pooledCapacity(hosts, sizes, referenceHost === undefined ? {} : { referenceHostArn: referenceHost });
  if (!pooled.ok) throw new UsageError(pooled.error.message);
  return pooled.value;
}
