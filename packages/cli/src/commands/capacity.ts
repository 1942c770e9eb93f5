import {
  drainableHosts,
  EC2_NETWORK_INTERFACE_LIMITS,
  exactCapacity,
  explainCapacity,
  type Host,
  type HostType,
  hostsNeeded,
  hostTypeLike,
  type PlacementOptions,
  type TaskSizes,
} from '@plimsoll/capacity-core';
import { type Count, countPooled } from '../count.js';
import { parseHostTypeSpecs } from '../host-type-spec.js';
import { readSizes, type SizeOptions, type Sizes } from '../input/read-sizes.js';
import { readSnapshot } from '../input/read-snapshot.js';
import { checkCluster, readTasks, type TaskList } from '../input/read-tasks.js';
import { EXIT_STATUS, UsageError } from '../program-error.js';
import { type CapacityReport, type CapacityReportExtras, capacityReport } from '../report/capacity-report.js';
import { capacityTable } from '../report/capacity-table.js';
import { drainableReport, hostsNeededReport } from '../report/rebalance-report.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll capacity`, as the argument parser gives them. */
export interface CapacityOptions extends SizeOptions {
  /** FILEs, or `-`. */
  readonly snapshot?: readonly string[];
  /** Name or ARN of a live cluster. */
  readonly cluster?: string;
  /** Region of the live cluster. */
  readonly region?: string;
  /** Where to send the calls instead of AWS. */
  readonly endpointUrl?: string;
  /** How to count. */
  readonly method: 'exact' | 'pooled';
  /** ARN of the pooled method's reference host. */
  readonly referenceHost?: string;
  /** Whether to say what stops one more copy. */
  readonly explain?: boolean;
  /** Whether to name hosts that could be emptied. */
  readonly drainable?: boolean;
  /** TYPEs of host to pack all tasks onto. */
  readonly hostsNeeded?: readonly string[];
  /** Least container capacity that is enough. */
  readonly require?: number;
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** Prints how many more tasks fit, and answers whether that is enough. */
export async function runCapacity(options: CapacityOptions, context: CommandContext): Promise<number> {
  checkCombination(options);
  checkMethod(options);
  checkFiles(options);
  const hostTypes = readHostTypes(options);
  const { sizes, notes, ...daemons } = await readSizes(options, context.io);
  const tasks = options.tasks === undefined ? undefined : await readTasks(options.tasks, { io: context.io, ...daemons });
  const placement = placementOf(daemons, tasks);
  const { cluster, hosts, answer, warnings } = await count(options, { sizes, placement }, context);
  if (tasks !== undefined) checkCluster(tasks, { cluster, hosts });
  for (const warning of warnings) await context.warn(warning);
  if (!answer.ok) throw new UsageError(answer.error.message);
  const explanations = options.explain === true ? explainCapacity(hosts, sizes, placement) : [];
  const report = capacityReport(cluster, answer.value, {
    explanations,
    notes,
    ...rebalance(options, hosts, { sizes, placement, hostTypes }),
  });
  await context.out(options.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : capacityTable(report, { bar: context.bar }));
  return judge(report, options.require, context);
}

/** The exit status by what is required; what is met as far as is known alone is told. */
async function judge(
  { containerCapacity, taskSizes }: CapacityReport,
  required: number | undefined,
  { warn }: CommandContext,
): Promise<number> {
  if (required === undefined || required === 0) return EXIT_STATUS.ok;
  if (containerCapacity < required) {
    await warn(`container capacity ${containerCapacity} is below the ${required} required`);
    return EXIT_STATUS.tooLittle;
  }
  const doubtful = taskSizes.filter(({ precision }) => precision === 'upperBound').map(({ name }) => name);
  if (doubtful.length > 0) {
    await warn(`container capacity may be below the ${required} required: that of ${doubtful.join(', ')} is an upper bound, see its notes`);
  }
  return EXIT_STATUS.ok;
}

function checkCombination({ snapshot, cluster, region, endpointUrl }: CapacityOptions): void {
  if (snapshot === undefined && cluster === undefined) throw new UsageError('no hosts to count: give --snapshot FILE or --cluster NAME');
  if (snapshot !== undefined && cluster !== undefined) {
    throw new UsageError('--snapshot and --cluster exclude each other: give one of them');
  }
  if (cluster === undefined && (region ?? endpointUrl) !== undefined) {
    throw new UsageError(`${region === undefined ? '--endpoint-url' : '--region'} has no use with --snapshot: leave it out`);
  }
}

function readHostTypes({ hostsNeeded: specs = [] }: CapacityOptions): readonly HostType[] {
  const types = parseHostTypeSpecs(specs);
  if (!types.ok) throw new UsageError(types.error.message);
  return types.value;
}

/** What was asked about hosts to be emptied, or to be had instead. */
function rebalance(
  { drainable }: CapacityOptions,
  hosts: readonly Host[],
  {
    sizes,
    placement,
    hostTypes,
  }: { readonly sizes: TaskSizes; readonly placement: PlacementOptions; readonly hostTypes: readonly HostType[] },
): CapacityReportExtras {
  const request = { ...placement, taskSizes: sizes };
  return {
    ...(drainable === true ? drainableReport(drainableHosts(hosts, request)) : {}),
    ...(hostTypes.length > 0
      ? hostsNeededReport(
          hostsNeeded({ ...request, hostTypes: hostTypes.map((type) => hostTypeLike(type, hosts, sizes)), replaced: hosts }),
        )
      : {}),
  };
}

function checkMethod(options: CapacityOptions): void {
  const { method, referenceHost } = options;
  if (method === 'exact' && referenceHost !== undefined) {
    throw new UsageError('--reference-host has no use with the exact method: add --method pooled, or leave it out');
  }
  const useless = EXACT_ONLY.find((name) => options[name] !== undefined);
  if (method === 'pooled' && useless !== undefined) {
    throw new UsageError(`--${useless === 'hostsNeeded' ? 'hosts-needed' : useless} has no use with the pooled method: leave it out`);
  }
  if (options.headroom !== undefined && options.drainable === undefined && options.hostsNeeded === undefined) {
    throw new UsageError('--headroom has no use by itself: add --drainable or --hosts-needed, or leave it out');
  }
}

/** Options that the pooled method makes nothing of. */
const EXACT_ONLY = ['explain', 'tasks', 'drainable', 'hostsNeeded', 'headroom', 'group', 'daemon'] as const;

/** Standard input can be read once, and a file given for two things is a mistake. */
function checkFiles({ snapshot = [], taskDefinition = [], tasks = [] }: CapacityOptions): void {
  const files = [...snapshot, ...taskDefinition, ...tasks];
  const repeated = files.find((file, index) => files.indexOf(file) !== index);
  if (repeated !== undefined && (taskDefinition.includes(repeated) || tasks.includes(repeated))) {
    throw new UsageError(`${repeated === '-' ? 'standard input' : repeated} is given twice: name each file once`);
  }
}

/** What is known beside the hosts' records. */
function placementOf({ daemons }: Pick<Sizes, 'daemons'>, list: TaskList | undefined): PlacementOptions {
  return { networkInterfaceLimits: EC2_NETWORK_INTERFACE_LIMITS, daemons, ...(list === undefined ? {} : { tasks: list.tasks }) };
}

async function count(
  options: CapacityOptions,
  { sizes, placement }: { readonly sizes: TaskSizes; readonly placement: PlacementOptions },
  { io }: CommandContext,
): Promise<Count> {
  const { cluster: live, snapshot = [], method } = options;
  if (live !== undefined) {
    // Loading the SDK takes longer than answering from a file, so only this path does.
    const { countLiveCluster } = require('../live/count-live-cluster.js') as typeof import('../live/count-live-cluster.js');
    return countLiveCluster({ ...options, cluster: live }, sizes, placement);
  }
  const { cluster, hosts, warnings } = await readSnapshot(snapshot, io);
  const answer =
    method === 'exact' ? { ok: true as const, value: exactCapacity(hosts, sizes, placement) } : countPooled(hosts, sizes, options);
  return { cluster, hosts, answer, warnings };
}
