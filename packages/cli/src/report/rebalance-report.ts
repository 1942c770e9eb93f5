import type { DrainableHosts, HostsNeeded, Precision } from '@plimsoll/capacity-core';
import { lastPartOf } from '../input/cluster-arn.js';
import { printable } from './printable.js';
import { notesOfUnknown } from './unknown-notes.js';

/** Hosts that could be emptied, as `--json` prints them. */
export interface DrainableReport {
  /** ARNs of the hosts, in the order to drain them. */
  readonly drainable: readonly string[];
  /** Whether nothing unknown may make it fewer. */
  readonly drainablePrecision: Precision;
  /** What is unknown, a sentence each; empty where nothing is. */
  readonly drainableNotes: readonly string[];
}

/** Hosts that all tasks and the headroom need, as `--json` prints them. */
export interface HostsNeededReport {
  readonly hostsNeeded: Pick<HostsNeeded, 'hosts' | 'cost' | 'byType' | 'lowerBound' | 'gap' | 'packing' | 'unplaceable' | 'precision'> & {
    /** What is unknown, a sentence each; empty where nothing is. */
    readonly notes: readonly string[];
  };
}

/** Puts the core's answer into the form that is printed, with its keys in the documented order. */
export function drainableReport({ containerInstanceArns, precision, unknown }: DrainableHosts): DrainableReport {
  return { drainable: containerInstanceArns, drainablePrecision: precision, drainableNotes: notesOfUnknown(unknown) };
}

/** Puts the core's answer into the form that is printed, with its keys in the documented order. */
export function hostsNeededReport({
  hosts,
  cost,
  byType,
  lowerBound,
  gap,
  packing,
  unplaceable,
  precision,
  unknown,
}: HostsNeeded): HostsNeededReport {
  return { hostsNeeded: { hosts, cost, byType, lowerBound, gap, packing, unplaceable, precision, notes: notesOfUnknown(unknown) } };
}

/** A line about the hosts that could be emptied, for people. */
export function drainableLine(
  { drainable, drainablePrecision }: Pick<DrainableReport, 'drainable' | 'drainablePrecision'>,
  eligible: number,
): string {
  const hosts = `${drainablePrecision === 'exact' ? '' : 'at most '}${drainable.length} of ${eligible} eligible host${eligible === 1 ? '' : 's'}`;
  const named = drainable.length === 0 ? '' : `, in this order: ${drainable.map((arn) => printable(lastPartOf(arn))).join(', ')}`;
  return `drainable: ${hosts}${named}`;
}

/** Lines about the hosts needed, for people. */
export function hostsNeededLines({ hostsNeeded }: HostsNeededReport): readonly string[] {
  const { byType, hosts, cost, lowerBound, unplaceable, precision } = hostsNeeded;
  const types = byType.filter((type) => type.hosts > 0).map((type) => `${type.hosts} × ${type.hostType}`);
  const least = precision === 'exact' ? '' : ', as far as is known';
  return [
    `hosts needed: ${types.length === 0 ? 'none' : types.join(' + ')} (${hosts} host${hosts === 1 ? '' : 's'}, cost ${cost}; none costs less than ${lowerBound.cost}${least})`,
    // Without a reason a type would take them, but no more than 10,000 hosts are packed.
    ...unplaceable.map(({ name, tasks, reasons }) =>
      reasons.length > 0
        ? `does not fit on any host type: ${tasks} × ${printable(name)} (${reasons.join(', ')})`
        : `left over by ${hosts} hosts, the most that are counted: ${tasks} × ${printable(name)}`,
    ),
  ];
}
