import { applyHost, type ClusterState, EMPTY_CLUSTER, exactCapacity, type Result, readHost, type TaskSizes } from '@plimsoll/capacity-core';
import {
  CONTAINER_INSTANCE_STATE_CHANGE,
  parseContainerInstanceStateChange,
} from '@plimsoll/event-schemas/container-instance-state-change';
import { lastPartOf } from './input/cluster-arn.js';
import { type CapacityReport, capacityReport } from './report/capacity-report.js';
import type { ReplayReport } from './report/replay-report.js';

/** What is known of one cluster, and the answer that follows from it. */
export interface ReplayedCluster {
  /** The cluster's hosts. */
  readonly hosts: ClusterState;
  /** The answer for them. */
  readonly report: CapacityReport;
}

/** What a replay knows: each cluster by its ARN. */
export type ReplayState = ReadonlyMap<string, ReplayedCluster>;

/** The state before the first event. */
export const EMPTY_REPLAY: ReplayState = new Map();

/** What one entry of the input did. */
export type ReplayStep =
  | { readonly kind: 'event'; readonly state: ReplayState; readonly report: ReplayReport }
  /** An event about something other than a host. */
  | { readonly kind: 'other' };

/** Why an entry could not be used. */
export interface ReplayError {
  /** The event lacks what such an event has, or its record of the host is refused. */
  readonly code: 'INVALID_EVENT' | 'INVALID_HOST';
  /** One sentence. */
  readonly message: string;
}

/** One entry of the input. */
export interface ReplayEntry {
  /** Its place in the input, from 1. */
  readonly event: number;
  /** The JSON value. */
  readonly value: unknown;
}

/**
 * Takes one event into the state of its cluster, if its version is newer than what is known of the host.
 *
 * Any order of the same events, each any number of times, ends in the same state.
 */
export function replayEvent(state: ReplayState, { event, value }: ReplayEntry, sizes: TaskSizes): Result<ReplayStep, ReplayError> {
  if (isOtherEvent(value)) return { ok: true, value: { kind: 'other' } };
  const parsed = parseContainerInstanceStateChange(value);
  if (!parsed.ok) return { ok: false, error: { code: 'INVALID_EVENT', message: parsed.error.message } };
  const { detail, time } = parsed.value;
  const host = readHost(detail);
  if (!host.ok) return { ok: false, error: { code: 'INVALID_HOST', message: host.error.message } };
  const known = state.get(detail.clusterArn);
  const before = known?.hosts ?? EMPTY_CLUSTER;
  const hosts = applyHost(before, host.value);
  const applied = hosts !== before;
  const after =
    known !== undefined && !applied
      ? known
      : { hosts, report: capacityReport(lastPartOf(detail.clusterArn), exactCapacity([...hosts.values()], sizes)) };
  const { containerInstanceArn, version } = host.value;
  return {
    ok: true,
    value: {
      kind: 'event',
      state: applied ? new Map(state).set(detail.clusterArn, after) : state,
      report: { event, time: time ?? null, containerInstanceArn, version, applied, ...after.report },
    },
  };
}

function isOtherEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('detail-type' in value)) return false;
  const detailType = value['detail-type'];
  return typeof detailType === 'string' && detailType !== CONTAINER_INSTANCE_STATE_CHANGE;
}
