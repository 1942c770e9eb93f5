import fc from 'fast-check';
import { bookPolicy } from '../../src/policy-simulation/policies/book.js';
import { capacityProviderPolicy } from '../../src/policy-simulation/policies/capacity-provider.js';
import { fixedSizePolicy } from '../../src/policy-simulation/policies/fixed-size.js';
import type { ScalingPolicy } from '../../src/policy-simulation/policies/policy.js';
import { plainSize, type Workload, workloadOf } from '../../src/policy-simulation/workload.js';
import { exact, minutes, QUARTER } from './policy-simulation.js';

const sizes = fc.array(fc.record({ cpuUnits: fc.integer({ min: 0, max: 4096 }), memoryMiB: fc.integer({ min: 1, max: 8192 }) }), {
  minLength: 1,
  maxLength: 4,
});

/** Standalone tasks and a service, over about two hours. */
export const workloads: fc.Arbitrary<Workload> = fc
  .record({
    sizes,
    arrivals: fc.array(fc.record({ atMillis: fc.nat(minutes(90)), durationMillis: fc.nat(minutes(40)), size: fc.nat(3) }), {
      maxLength: 40,
    }),
    desired: fc.array(fc.record({ atMillis: fc.nat(minutes(90)), value: fc.nat(9) }), { maxLength: 5 }),
    deploymentsAtMillis: fc.array(fc.nat(minutes(90)), { maxLength: 2 }),
    minimumHealthyPercent: fc.constantFrom(0, 50, 100),
    maximumPercent: fc.constantFrom(100, 150, 200),
  })
  .map(({ sizes: amounts, arrivals, desired, ...service }) =>
    workloadOf({
      sizes: amounts.map((amount, index) => plainSize({ name: `size-${index}`, ...amount })),
      arrivals: arrivals.map((arrival) => ({ ...arrival, size: arrival.size % amounts.length })),
      services: [
        { name: 'web', size: QUARTER, ...service, desired: [...desired].sort((a, b) => a.atMillis - b.atMillis) },
        { name: 'agent', size: plainSize({ name: 'agent', cpuUnits: 0, memoryMiB: 0 }), strategy: 'DAEMON' },
      ],
    }),
  );

/** Every policy. */
export const policies: fc.Arbitrary<ScalingPolicy> = fc
  .constantFrom(
    () => fixedSizePolicy(3),
    () => bookPolicy(QUARTER),
    () => capacityProviderPolicy(),
    () => capacityProviderPolicy({ protectsBusyHosts: false, instanceWarmupSeconds: 60 }),
    () => exact(),
    () => exact({ scaleInMinutes: 1, maxDraining: 3 }),
    () => exact({ isPatient: true, hostPatience: { idleMinutes: 3, spareHosts: 1, surplusMinutes: 1, occupiedMinutes: 5 } }),
    () =>
      exact({
        isPatient: true,
        followsEvents: true,
        hostPatience: { idleMinutes: 2, spareHosts: 0, surplusMinutes: 2, occupiedMinutes: 2 },
      }),
    () => exact({ scaleInMinutes: 2, followsEvents: true, warmupSeconds: 20 }),
  )
  .map((make) => make());
