import fc from 'fast-check';
import { canBeBlocked, type SearchBudget } from '../../src/rebalance/blocking-search.js';
import { kindsOf } from '../../src/rebalance/kinds.js';
import { PlacementTable } from '../../src/rebalance/placement-table.js';
import { countInto } from '../../src/rebalance/task-demand.js';
import { check } from '../helpers/property.js';
import { fitInAnyOrder, homeless, roomsWithout, type SmallCluster, smallClusterArbitrary } from '../helpers/small-cluster.js';

const clusters = fc.oneof(smallClusterArbitrary(), smallClusterArbitrary({ isPlain: true }));

function problemOf(cluster: SmallCluster) {
  const rooms = roomsWithout(cluster, []);
  const tasks = homeless(cluster, []);
  const { kinds, kindOf } = kindsOf(tasks);
  const table = PlacementTable.of(rooms, kinds);
  const counts = countInto(
    new Float64Array(kinds.sizes.length),
    tasks.map((size) => ({ size, tasks: 1 })),
    kindOf,
  );
  const takers = (kind: number): readonly number[] => [...rooms.keys()].filter((host) => table.copies(host, kind) > 0);
  return { rooms, tasks, kinds, table, counts, takers };
}

const ample = (): SearchBudget => ({ steps: 1e6 });

describe('the search for a way to keep a task off all hosts', () => {
  it('finds one exactly where some order of placement leaves a task over', () => {
    check(
      fc.property(clusters, (cluster) => {
        const { rooms, tasks, kinds, table, counts, takers } = problemOf(cluster);
        const isLeftOver = kinds.sizes.some((_, kind) => {
          const hosts = takers(kind);
          return hosts.length === 0 || canBeBlocked(table, kind, hosts, counts, ample()) !== false;
        });
        expect(isLeftOver).toBe(!fitInAnyOrder(rooms, tasks));
      }),
    );
  });

  it('answers the same with fewer steps, or that it does not know, and takes no step more', () => {
    check(
      fc.property(clusters, fc.nat({ max: 12 }), (cluster, steps) => {
        const { kinds, table, counts, takers } = problemOf(cluster);
        for (const kind of kinds.sizes.keys()) {
          const [full, few] = [ample(), { steps }];
          const answer = canBeBlocked(table, kind, takers(kind), counts, full);
          const taken = 1e6 - full.steps;
          expect(canBeBlocked(table, kind, takers(kind), counts, few)).toBe(taken <= steps ? answer : undefined);
          expect(few.steps).toBe(taken <= steps ? steps - taken : -1);
        }
      }),
    );
  });
});
