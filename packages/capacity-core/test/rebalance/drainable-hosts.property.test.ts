import fc from 'fast-check';
import { drainableHosts, hostsShort } from '../../src/index.js';
import { withShuffle } from '../helpers/arbitraries.js';
import { deepFreeze } from '../helpers/deep-freeze.js';
import { cheapestPacking } from '../helpers/packing-oracle.js';
import { check } from '../helpers/property.js';
import { fitInAnyOrder, homeless, roomsWithout, smallClusterArbitrary } from '../helpers/small-cluster.js';

const assumptions = fc.constantFrom('anyOrder' as const, 'binpackCpu' as const, 'binpackMemory' as const, 'spreadZone' as const);
const clusters = fc.oneof(smallClusterArbitrary(), smallClusterArbitrary({ isPlain: true }));

describe('hosts named as drainable', () => {
  it('can be emptied, and so can the first of them: every order and every choice of host places all', () => {
    check(
      fc.property(clusters, (cluster) => {
        deepFreeze(cluster);
        const { containerInstanceArns, precision } = drainableHosts(cluster.hosts, cluster);
        expect(precision).toBe('exact');
        for (let count = 1; count <= containerInstanceArns.length; count += 1) {
          const drained = containerInstanceArns.slice(0, count);
          expect(fitInAnyOrder(roomsWithout(cluster, drained), homeless(cluster, drained))).toBe(true);
        }
      }),
    );
  });

  it('can be emptied whatever tasks make up what is in use, where the tasks are not known', () => {
    check(
      fc.property(smallClusterArbitrary({ isPlain: true }), (cluster) => {
        const known = { ...cluster, tasks: cluster.tasks.filter(({ containerInstanceArn }) => containerInstanceArn !== undefined) };
        const { containerInstanceArns } = drainableHosts(cluster.hosts, { taskSizes: cluster.taskSizes });
        for (let count = 1; count <= containerInstanceArns.length; count += 1) {
          const drained = containerInstanceArns.slice(0, count);
          expect(fitInAnyOrder(roomsWithout(known, drained), homeless(known, drained))).toBe(true);
        }
      }),
    );
  });

  it('leave a place for every task where a strategy is assumed', () => {
    check(
      fc.property(
        smallClusterArbitrary({ hosts: 3, tasks: 5 }),
        fc.constantFrom('binpackCpu' as const, 'binpackMemory' as const, 'spreadZone' as const),
        (cluster, assumes) => {
          const { containerInstanceArns } = drainableHosts(cluster.hosts, { ...cluster, assumes });
          for (let count = 1; count <= containerInstanceArns.length; count += 1) {
            const drained = containerInstanceArns.slice(0, count);
            expect(cheapestPacking(homeless(cluster, drained), roomsWithout(cluster, drained), [])).toBe(0);
          }
        },
      ),
    );
  });

  it('leave no host short once they drain, however many of them do, whatever is assumed', () => {
    check(
      fc.property(clusters, fc.boolean(), assumptions, (cluster, areTasksKnown, assumes) => {
        const { tasks, ...unknown } = cluster;
        const options = areTasksKnown ? { ...unknown, tasks } : unknown;
        const { containerInstanceArns } = drainableHosts(cluster.hosts, { ...options, assumes });
        const hostType = { name: 'any', resources: cluster.hosts[0]?.registered as (typeof cluster.hosts)[0]['registered'] };
        for (let count = 1; count <= containerInstanceArns.length; count += 1) {
          const drained = containerInstanceArns.slice(0, count);
          const after = cluster.hosts.map((host) => (drained.includes(host.containerInstanceArn) ? { ...host, status: 'DRAINING' } : host));
          expect(hostsShort(after, hostType, options)).toMatchObject({ hosts: 0, isPacked: true });
        }
      }),
    );
  });

  it('are the same in the same order, whatever order hosts, tasks and sizes come in', () => {
    check(
      fc.property(
        clusters.chain((cluster) =>
          fc.tuple(
            fc.constant(cluster),
            withShuffle(fc.constant(cluster.hosts)),
            withShuffle(fc.constant(cluster.tasks)),
            withShuffle(fc.constant(cluster.taskSizes)),
          ),
        ),
        fc.constantFrom('anyOrder' as const, 'binpackMemory' as const, 'spreadZone' as const),
        ([cluster, [, hosts], [, tasks], [, taskSizes]], assumes) => {
          const shuffled = drainableHosts(hosts, { ...cluster, tasks, taskSizes, assumes });
          expect(shuffled).toStrictEqual(drainableHosts(cluster.hosts, { ...cluster, assumes }));
        },
      ),
    );
  });

  it('are at most as many as the limit, and the same as without it until then', () => {
    check(
      fc.property(clusters, fc.nat({ max: 3 }), (cluster, limit) => {
        const all = drainableHosts(cluster.hosts, cluster).containerInstanceArns;
        expect(drainableHosts(cluster.hosts, { ...cluster, limit }).containerInstanceArns).toStrictEqual(all.slice(0, limit));
      }),
    );
  });

  it('and the hosts kept are all that are ACTIVE, each once', () => {
    check(
      fc.property(clusters, (cluster) => {
        const { containerInstanceArns, kept } = drainableHosts(cluster.hosts, cluster);
        const named = [...containerInstanceArns, ...kept.map((host) => host.containerInstanceArn)].sort();
        const active = cluster.hosts.filter(({ status }) => status === 'ACTIVE').map((host) => host.containerInstanceArn);
        expect(named).toStrictEqual([...active].sort());
      }),
    );
  });
});
