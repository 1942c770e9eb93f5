import type { HostType } from '@plimsoll/capacity-core';
// biome-ignore lint/correctness/noUndeclaredDependencies: its tests depend on this package, so it is compiled first by a rule of nx
import * as production from '@plimsoll/capacity-lambda';
import { exactPolicy } from '../../src/policy-simulation/policies/exact.js';
import type { ProductionDecisions } from '../../src/policy-simulation/policies/production-decisions.js';
import type { ClusterSettings } from '../../src/policy-simulation/settings.js';
import { plainSize } from '../../src/policy-simulation/workload.js';

/** A host with room for four tasks of {@link QUARTER}. */
export const HOST: HostType = {
  name: 'host',
  resources: { cpuUnits: 4096, memoryMiB: 8192, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [] },
};

/** A quarter of a host. */
export const QUARTER = plainSize({ name: 'quarter', cpuUnits: 1024, memoryMiB: 2048 });

/** A host boots in 60 s and registers 20 s later, whatever the seed. */
export const SETTINGS: ClusterSettings = { hostTypes: [HOST], bootSeconds: [60, 60], registrationSeconds: [20, 20] };

/** The decisions of the capacity function itself. */
export const DECISIONS: ProductionDecisions = production;

/** The production policy. */
export const exact = (options: Parameters<typeof exactPolicy>[1] = {}) => exactPolicy(DECISIONS, options);

const MINUTE = 60_000;

/** Minutes in milliseconds. */
export const minutes = (count: number): number => count * MINUTE;
