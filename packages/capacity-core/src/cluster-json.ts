import type { ClusterState } from './cluster-state.js';
import { applyHost, EMPTY_CLUSTER } from './cluster-state.js';
import type { Host } from './host.js';
import type { HostError } from './host-error.js';
import { readHost } from './read-host.js';
import { kindOf, ownFields } from './read-resources.js';
import type { HostResources } from './resource.js';
import { failure, type Result, success } from './result.js';

/** A cluster's state as JSON holds it: each host in the form of Amazon ECS's own record. */
export interface ClusterJson {
  /** Version of this form. */
  readonly format: 1;
  /** Container-instance records, in the order the hosts were first heard of. */
  readonly containerInstances: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** Why JSON is no state of a cluster. */
export interface ClusterJsonError {
  /**
   * - `UNKNOWN_FORMAT`: another version of this package wrote it, or it is something else.
   * - `DUPLICATE_HOST`: a host stands there twice.
   * - others: a record of it could not be read.
   */
  readonly code: 'UNKNOWN_FORMAT' | 'DUPLICATE_HOST' | HostError['code'];
  /** Where: `containerInstances[3].status`. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}

/** Writes a state as plain data for `JSON.stringify`. */
export function clusterToJson(state: ClusterState): ClusterJson {
  return { format: 1, containerInstances: [...state.values()].map(recordOf) };
}

/** Reads what `clusterToJson` wrote, and checks all of it. */
export function clusterFromJson(input: unknown): Result<ClusterState, ClusterJsonError> {
  const { format, containerInstances } = ownFields(input) ?? {};
  if (format !== 1 || !Array.isArray(containerInstances)) {
    return failure({
      code: 'UNKNOWN_FORMAT',
      path: '',
      message: `${kindOf(input)} is no state of format 1: give what clusterToJson wrote`,
    });
  }
  let state: ClusterState = EMPTY_CLUSTER;
  for (const [index, record] of containerInstances.entries()) {
    const at = `containerInstances[${index}]`;
    const host = readHost(record);
    if (!host.ok) return failure({ code: host.error.code, path: `${at}.${host.error.path}`, message: `${at}: ${host.error.message}` });
    if (state.has(host.value.containerInstanceArn)) {
      const path = `${at}.containerInstanceArn`;
      return failure({
        code: 'DUPLICATE_HOST',
        path,
        message: `${path} repeats ${host.value.containerInstanceArn.slice(0, 200)}: keep one`,
      });
    }
    const since = ownFields(record)?.agentDisconnectedSince;
    if (since !== undefined && !Number.isFinite(since)) {
      const path = `${at}.agentDisconnectedSince`;
      return failure({ code: 'WRONG_TYPE', path, message: `${path} is ${kindOf(since)}: expected milliseconds since 1970` });
    }
    state = applyHost(state, since === undefined ? host.value : { ...host.value, agentDisconnectedSince: since as number });
  }
  return success(state);
}

function recordOf({ registered, remaining, agentVersion, ...host }: Host): Readonly<Record<string, unknown>> {
  return {
    ...host,
    ...(agentVersion === undefined ? {} : { versionInfo: { agentVersion } }),
    registeredResources: resourcesOf(registered),
    remainingResources: resourcesOf(remaining),
  };
}

function resourcesOf(resources: HostResources): ReadonlyArray<Readonly<Record<string, unknown>>> {
  return [
    amountOf('CPU', resources.cpuUnits),
    amountOf('MEMORY', resources.memoryMiB),
    amountOf('GPU', resources.gpus),
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: resources.takenTcpPorts.map(String) },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: resources.takenUdpPorts.map(String) },
    ...resources.others.map(({ name, amount }) => amountOf(name, amount)),
  ];
}

function amountOf(name: string, value: number): Readonly<Record<string, unknown>> {
  return Number.isInteger(value) ? { name, type: 'INTEGER', integerValue: value } : { name, type: 'DOUBLE', doubleValue: value };
}
