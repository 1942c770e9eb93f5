import fc from 'fast-check';
import {
  type ClusterCapacity,
  exactCapacity,
  explainCapacity,
  fits,
  type Host,
  needsHost,
  type PlacementOptions,
  place,
  placementContext,
  roomOf,
  type Task,
} from '../src/index.js';
import { HostOracle, mostPlaceable, placeable } from './helpers/cluster-oracle.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { type KnownCluster, knownCluster, LIMITS } from './helpers/known-cluster.js';
import { check } from './helpers/property.js';

describe('a cluster of which everything is known', () => {
  it('holds as many as can be placed one after another, and the answer is exact', () => {
    check(
      fc.property(knownCluster, (cluster) => {
        deepFreeze(cluster);
        expect(capacityOf(cluster)).toMatchObject({
          containerCapacity: placeable(cluster),
          taskSizes: [{ precision: 'exact', notes: [] }],
        });
      }),
    );
  });

  it('agrees with every way of handing six tasks to four hosts', () => {
    check(
      fc.property(knownCluster, (cluster) => {
        expect(Math.min(6, capacityOf(cluster).containerCapacity)).toBe(mostPlaceable(cluster, 6));
      }),
    );
  });

  it('has room for the copies counted on each host, one at a time, and for no further one', () => {
    check(
      fc.property(knownCluster, (cluster) => {
        const context = placementContext(knownOptions(cluster));
        for (const host of cluster.hosts) {
          let room = roomOf(host, context);
          const oracle = new HostOracle(host, cluster);
          for (let left = fits(room, cluster.size).copies; left > 0; left -= 1) {
            expect(oracle.takes(cluster.size)).toBe(true);
            oracle.place(cluster.size);
            room = place(room, cluster.size);
            expect(fits(room, cluster.size).copies).toBe(left - 1);
          }
          expect(oracle.takes(cluster.size)).toBe(false);
        }
      }),
    );
  });

  it('gives the same answer and the same reasons in any order of hosts and tasks', () => {
    const shuffled = knownCluster.chain((cluster) =>
      fc
        .tuple(fc.constant(cluster), shuffle(cluster.hosts), shuffle(cluster.tasks))
        .map(([one, hosts, tasks]) => ({ one, other: { ...one, hosts, tasks } })),
    );
    check(
      fc.property(shuffled, ({ one, other }) => {
        expect(capacityOf(other)).toStrictEqual(capacityOf(one));
        expect(explainCapacity(other.hosts, [other.size], knownOptions(other))).toStrictEqual(
          explainCapacity(one.hosts, [one.size], knownOptions(one)),
        );
      }),
    );
  });

  it('never holds less with a further host', () => {
    check(
      fc.property(knownCluster, (cluster) => {
        const fewer = { ...cluster, hosts: cluster.hosts.slice(1) };
        expect(capacityOf(fewer).containerCapacity).toBeLessThanOrEqual(capacityOf(cluster).containerCapacity);
      }),
    );
  });
});

describe('a cluster of which less is known', () => {
  const lessKnown = fc.constantFrom<ReadonlyArray<keyof PlacementOptions>>(
    ['tasks'],
    ['networkInterfaceLimits'],
    ['tasks', 'networkInterfaceLimits'],
  );

  it('is never said to hold less than it does, and to hold exactly so many only where it does', () => {
    check(
      fc.property(knownCluster, lessKnown, (cluster, withheld) => {
        const options = Object.fromEntries(Object.entries(knownOptions(cluster)).filter(([key]) => !withheld.includes(key as 'tasks')));
        const { containerCapacity, taskSizes } = exactCapacity(cluster.hosts, [cluster.size], options);
        const [{ precision, notes } = { precision: undefined, notes: [] }] = taskSizes;
        expect(notes.length > 0).toBe(precision === 'upperBound');
        expect(containerCapacity).toBeGreaterThanOrEqual(placeable(cluster));
        if (precision === 'exact') expect(containerCapacity).toBe(placeable(cluster));
      }),
    );
  });

  it('nor where some tasks are not given that the hosts count', () => {
    const fewerTasks = knownCluster.chain((cluster) => fc.tuple(fc.constant(cluster), fc.subarray([...cluster.tasks])));
    check(
      fc.property(fewerTasks, ([cluster, tasks]) => {
        const hosts = cluster.hosts.map((host) => ({ ...host, runningTasksCount: tasksOn(host, cluster.tasks) }));
        const { containerCapacity, taskSizes } = exactCapacity(hosts, [cluster.size], { ...knownOptions(cluster), tasks });
        expect(containerCapacity).toBeGreaterThanOrEqual(placeable(cluster));
        if (taskSizes[0]?.precision === 'exact') expect(containerCapacity).toBe(placeable(cluster));
      }),
    );
  });
});

function tasksOn({ containerInstanceArn }: Host, tasks: readonly Task[]): number {
  return tasks.filter((task) => task.containerInstanceArn === containerInstanceArn && needsHost(task)).length;
}

function knownOptions({ tasks, daemons }: KnownCluster): PlacementOptions {
  return { tasks, daemons, networkInterfaceLimits: LIMITS };
}

function capacityOf(cluster: KnownCluster): ClusterCapacity {
  return exactCapacity(cluster.hosts, [cluster.size], knownOptions(cluster));
}

function shuffle<Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
