import { writeFile } from 'node:fs/promises';
import type { HostType, TaskSize } from '@plimsoll/capacity-core';
import {
  type ClusterSettings,
  type Comparison,
  comparePolicies,
  jitterArrivals,
  overlayCopies,
  type PlacementStrategy,
  type Workload,
} from '@plimsoll/simulator';
import { parseHostTypeSpecs } from '../host-type-spec.js';
import { reasonOf } from '../input/open-input.js';
import { readWorkload, TRACE_FORMATS, type WorkloadSource } from '../input/read-workload.js';
import { largestOf, POLICY_FORM, parsePolicySpec } from '../policy-spec.js';
import { EXIT_STATUS, UsageError } from '../program-error.js';
import { simulationPage } from '../report/simulation-page.js';
import { simulationReport } from '../report/simulation-report.js';
import { simulationTable } from '../report/simulation-table.js';
import type { CommandContext } from './context.js';

/** Options of `plimsoll simulate`, as the argument parser gives them. */
export interface SimulateOptions {
  /** FILE of a trace, or `-`. */
  readonly trace?: string;
  /** Its format. */
  readonly format?: string;
  /** How many copies are laid over each other. */
  readonly copies?: number;
  /** How far each task is moved by chance, in seconds. */
  readonly jitter?: number;
  /** SPEC of a workload to make. */
  readonly generate?: string;
  /** Names of policies. */
  readonly policy?: readonly string[];
  /** Types of host. */
  readonly hostType?: readonly string[];
  /** Placement strategy. */
  readonly placement?: string;
  /** Least hosts. */
  readonly minHosts?: number;
  /** Most hosts. */
  readonly maxHosts?: number;
  /** Availability Zones. */
  readonly zones?: number;
  /** How many more tasks of each size must always fit. */
  readonly headroom?: number;
  /** Seed of all that is random. */
  readonly seed?: number;
  /** Whether to print JSON. */
  readonly json?: boolean;
  /** FILE for the page. */
  readonly html?: string;
}

const PLACEMENTS: readonly PlacementStrategy[] = ['binpack', 'spread', 'random'];
/** What the smallest host registers that is taken where none is given: an m5.large. */
const LEAST_HOST = { cpuUnits: 2048, memoryMiB: 7600 };
const BAR_LENGTH = 30;
const MOST_COPIES = 1000;
/** A day: beyond, a trace has no course left. */
const MOST_JITTER_SECONDS = 86_400;

/** Simulates each policy on the same work, and prints how they compare. */
export async function runSimulate(options: SimulateOptions, context: CommandContext): Promise<number> {
  const { io, out, warn } = context;
  const { policy: specs = [], seed = 1, json, html } = options;
  if (specs.length === 0) throw new UsageError(`no policy to simulate: give --policy NAME, one of ${POLICY_FORM}`);
  const source = sourceOf(options);
  const read = overlayCopies(await readWorkload(source, io.stdin), options.copies ?? 1);
  const workload = jitterArrivals(read, options.jitter ?? 0, seed);
  const hostTypes = hostTypesFor(workload, options.hostType ?? []);
  const policies = specs.map((spec) => {
    const policy = parsePolicySpec(spec, { workload, hostTypes });
    if (!policy.ok) throw new UsageError(policy.error.message);
    return policy.value;
  });
  const settings = settingsOf(options, hostTypes);
  const headroom = sizesWith(options.headroom ?? 0, workload);
  const compared: Comparison[] = [];
  for (const policy of policies) {
    const onProgress = (name: string, fraction: number): void => showProgress(context, name, fraction);
    compared.push(comparePolicies({ workload, settings, policies: [policy], headroom, onProgress }));
    clearProgress(context);
    await warn(`${policy.name} simulated, ${compared.length} of ${policies.length}`);
  }
  const [first] = compared;
  if (first === undefined) return EXIT_STATUS.fault;
  const comparison = { ...first, policies: compared.flatMap((one) => one.policies) };
  const report = simulationReport(comparison, {
    source: source.kind === 'trace' ? source.file : source.spec,
    hostTypes,
    placement: settings.placement ?? 'binpack',
    headroom: options.headroom ?? 0,
    seed,
  });
  if (html !== undefined) await writePage(html, simulationPage(report));
  await out(json === true ? `${JSON.stringify(report, null, 2)}\n` : simulationTable(report));
  return EXIT_STATUS.ok;
}

/** Every size of the work but those of daemons, with that much headroom; none where none is asked for. */
function sizesWith(headroom: number, { sizes, services }: Workload): readonly TaskSize[] {
  if (headroom === 0) return [];
  const replicas = services.filter(({ strategy }) => strategy !== 'DAEMON').map(({ size }) => size);
  return [...sizes, ...replicas].map((size) => ({ ...size, headroom }));
}

function sourceOf({ trace, format, copies, jitter, generate, seed = 1 }: SimulateOptions): WorkloadSource {
  if ((trace === undefined) === (generate === undefined)) {
    throw new UsageError('the work is to come from one place: give either --trace FILE or --generate SPEC');
  }
  if (generate !== undefined) {
    if (format !== undefined || copies !== undefined || jitter !== undefined) {
      throw new UsageError('--format, --copies and --jitter are for --trace: leave them out');
    }
    return { kind: 'generated', spec: generate, seed };
  }
  const known = TRACE_FORMATS.find((name) => name === (format ?? 'csv'));
  if (known === undefined) throw new UsageError(`format ${JSON.stringify(format)} is unknown: write ${TRACE_FORMATS.join(', ')}`);
  if (copies !== undefined && (copies < 1 || copies > MOST_COPIES)) {
    throw new UsageError(`${copies} copies of a trace are too few or too many: give --copies 1 to ${MOST_COPIES}`);
  }
  if (jitter !== undefined && jitter > MOST_JITTER_SECONDS) {
    throw new UsageError(`a jitter of ${jitter} s leaves nothing of a trace: give --jitter 0 to ${MOST_JITTER_SECONDS} s`);
  }
  return { kind: 'trace', file: trace ?? '', format: known };
}

function settingsOf(options: SimulateOptions, hostTypes: ClusterSettings['hostTypes']): ClusterSettings {
  const { placement = 'binpack', minHosts = 0, maxHosts = 5000, zones = 1, seed = 1 } = options;
  const strategy = PLACEMENTS.find((name) => name === placement);
  if (strategy === undefined) throw new UsageError(`placement ${JSON.stringify(placement)} is unknown: write ${PLACEMENTS.join(', ')}`);
  if (minHosts > maxHosts) throw new UsageError(`the group would have at least ${minHosts} and at most ${maxHosts} hosts: swap them`);
  if (zones < 1 || zones > 26) throw new UsageError(`${zones} Availability Zones are too few or too many: give 1 to 26`);
  return { hostTypes, placement: strategy, minimum: minHosts, maximum: maxHosts, zones, seed };
}

function hostTypesFor(workload: Workload, specs: readonly string[]): readonly [HostType, ...HostType[]] {
  const parsed = parseHostTypeSpecs(specs);
  if (!parsed.ok) throw new UsageError(parsed.error.message);
  const [first, ...others] = parsed.value;
  const largest = largestOf(workload);
  if (first === undefined) return [roomyHost(largest)];
  const isHeld = parsed.value.some(
    ({ resources }) => largest.cpuUnits <= resources.cpuUnits && largest.memoryMiB <= resources.memoryMiB && largest.gpus <= resources.gpus,
  );
  if (!isHeld) {
    const { cpuUnits, memoryMiB, gpus } = largest;
    const asked = `${cpuUnits} CPU units, ${memoryMiB} MiB${gpus > 0 ? `, ${gpus} GPUs` : ''}`;
    throw new UsageError(`no host type has room for the most that any task asks for (${asked}): give a larger --host-type`);
  }
  return [first, ...others];
}

/** The least doubling of the smallest host that holds the largest task. */
function roomyHost({ cpuUnits, memoryMiB, gpus }: ReturnType<typeof largestOf>): HostType {
  let host = LEAST_HOST;
  while (host.cpuUnits < cpuUnits || host.memoryMiB < memoryMiB) host = { cpuUnits: host.cpuUnits * 2, memoryMiB: host.memoryMiB * 2 };
  return { name: 'host', resources: { ...host, gpus, takenTcpPorts: [], takenUdpPorts: [], others: [] } };
}

function showProgress({ io, bar }: CommandContext, name: string, fraction: number): void {
  if (!isTerminal(io.stderr)) return;
  const filled = Math.round(fraction * BAR_LENGTH);
  io.stderr.write(`\r${name.padEnd(20)} ${bar.repeat(filled)}${'.'.repeat(BAR_LENGTH - filled)} ${Math.round(fraction * 100)} %`);
}

function clearProgress({ io }: CommandContext): void {
  if (isTerminal(io.stderr)) io.stderr.write('\r\u001b[2K');
}

function isTerminal(stream: CommandContext['io']['stderr']): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`, { cause: error });
  }
}
