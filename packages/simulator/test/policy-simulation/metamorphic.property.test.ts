import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { comparePolicies } from '../../src/policy-simulation/compare.js';
import { lowerBound } from '../../src/policy-simulation/lower-bound.js';
import { simulate } from '../../src/policy-simulation/simulate.js';
import { plainSize, workloadOf } from '../../src/policy-simulation/workload.js';
import { exact, HOST, minutes, SETTINGS } from '../helpers/policy-simulation.js';
import { policies, workloads } from '../helpers/random-workloads.js';

test('the same seed gives the same report to the byte', () => {
  fc.assert(
    fc.property(workloads, policies, fc.nat(1000), (workload, policy, seed) => {
      const run = () => JSON.stringify(simulate({ workload, settings: { hostTypes: [HOST], placement: 'random', seed }, policy }));
      expect(run()).toBe(run());
    }),
    propertyParameters(25),
  );
});

test('work that comes so many whole minutes later is done alike', () => {
  fc.assert(
    fc.property(workloads, policies, fc.integer({ min: 1, max: 90 }), (workload, policy, shift) => {
      // A book's cluster and one of fixed size live before the work comes.
      fc.pre(policy.fixedHosts === undefined && policy.name !== 'book');
      const later = (by: number) =>
        workloadOf({
          ...workload,
          services: [],
          arrivals: workload.arrivals.map((one) => ({ ...one, atMillis: one.atMillis + minutes(by) })),
        });
      const of = (by: number) => simulate({ workload: later(by), settings: SETTINGS, policy });
      const [now, then] = [of(0), of(shift)];
      const { series: _, events: __, ...rest } = then;
      expect(rest).toEqual(Object.fromEntries(Object.entries(now).filter(([key]) => key !== 'series' && key !== 'events')));
    }),
    propertyParameters(25),
  );
});

test('names of sizes change nothing', () => {
  fc.assert(
    fc.property(workloads, policies, (workload, policy) => {
      const renamed = {
        ...workload,
        sizes: workload.sizes.map((size, index) => ({ ...size, name: `other-${workload.sizes.length - index}` })),
      };
      const of = (work: typeof workload) => simulate({ workload: work, settings: SETTINGS, policy });
      expect(of(renamed)).toEqual(of(workload));
    }),
    propertyParameters(20),
  );
});

test('hosts and sizes of twice as much are used alike', () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const twice = (amounts: { readonly cpuUnits: number; readonly memoryMiB: number }) => ({
        cpuUnits: amounts.cpuUnits * 2,
        memoryMiB: amounts.memoryMiB * 2,
      });
      const large = {
        ...workload,
        sizes: workload.sizes.map((size) => ({ ...size, ...twice(size) })),
        services: workload.services.map((service) => ({ ...service, size: { ...service.size, ...twice(service.size) } })),
      };
      const type = { ...HOST, resources: { ...HOST.resources, ...twice(HOST.resources) } };
      const { series: _, ...small } = simulate({ workload, settings: SETTINGS, policy: exact() });
      const { series: __, ...doubled } = simulate({ workload: large, settings: { ...SETTINGS, hostTypes: [type] }, policy: exact() });
      expect(doubled).toEqual(small);
    }),
    propertyParameters(15),
  );
});

test('no policy that starts every task at once stays below the lower bound, and the bound doubles with the load', () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const alone = workloadOf({
        sizes: workload.sizes,
        arrivals: workload.arrivals.map((one) => ({ ...one, atMillis: one.atMillis + minutes(5) })),
      });
      const { peakHosts } = lowerBound(alone, [HOST]);
      const settings = { ...SETTINGS, minimum: alone.arrivals.length };
      const [policy] = comparePolicies({ workload: alone, settings, policies: [exact()] }).policies;
      expect(policy?.waitingSeconds.max).toBe(0);
      expect(policy?.gap ?? 0).toBeGreaterThanOrEqual(0);
      expect(peakHosts).toBeLessThanOrEqual(alone.arrivals.length);
      const twice = workloadOf({ ...alone, arrivals: [...alone.arrivals, ...alone.arrivals] });
      expect(lowerBound(twice, [HOST]).workHostHours).toBeCloseTo(2 * lowerBound(alone, [HOST]).workHostHours, 9);
      expect(lowerBound(twice, [HOST]).hostHours).toBeLessThanOrEqual(2 * lowerBound(alone, [HOST]).hostHours + 1e-9);
    }),
    propertyParameters(25),
  );
});

test('the lower bound counts whole hosts, and tasks of which no two share one', () => {
  const half = plainSize({ name: 'half', cpuUnits: 2049, memoryMiB: 1 });
  const hour = { durationMillis: minutes(60), size: 0 };
  const work = workloadOf({
    sizes: [half],
    arrivals: [
      { atMillis: 0, ...hour },
      { atMillis: minutes(30), ...hour },
    ],
  });
  // One host for the first half hour, two for the next, one for the last.
  expect(lowerBound(work, [HOST])).toEqual({ hostHours: 2, workHostHours: (2 * 2049) / 4096, peakHosts: 2 });
});
