import type { CapacityConfiguration } from '../../src/configuration/configuration.js';
import { size } from './task-sizes.js';

/** What the function runs with where a test says nothing else. */
export function configurationOf(changed: Partial<CapacityConfiguration> = {}): CapacityConfiguration {
  return {
    taskSizes: [size('web', 1024)],
    namespace: 'Plimsoll/ECS',
    storageResolutionSeconds: 60,
    scope: { tasks: false, discoverServices: false, discoveredHeadroom: 0 },
    clusters: [],
    callBudget: { callsPerSecond: 2, environments: 2 },
    region: 'eu-west-1',
    ...changed,
  };
}
