import type { ScalingPolicy } from './policy.js';

/** As many hosts all the time. */
export function fixedSizePolicy(hosts: number): ScalingPolicy {
  return { name: `fixed:${hosts}`, fixedHosts: hosts, start: () => ({ minute: () => ({}) }) };
}
