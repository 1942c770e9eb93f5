import fc from 'fast-check';
import { drainableHosts, hostsShort } from '../../src/index.js';
import { withShuffle } from '../helpers/arbitraries.js';
import { deepFreeze } from '../helpers/deep-freeze.js';
import { check } from '../helpers/property.js';
import { fitInAnyOrder, homeless, roomsWithout, smallClusterArbitrary } from '../helpers/small-cluster.js';

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

  it('leave no host short once they drain, however many of them do', () => {
    check(
      fc.property(clusters, fc.boolean(), (cluster, areTasksKnown) => {
        const { tasks, ...unknown } = cluster;
        const options = areTasksKnown ? { ...unknown, tasks } : unknown;
        const { containerInstanceArns } = drainableHosts(cluster.hosts, options);
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
