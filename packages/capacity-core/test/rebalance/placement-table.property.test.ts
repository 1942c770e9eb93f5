import fc from 'fast-check';
import { fits, type HostRoom, place, placementContext, roomOf, type TaskSize } from '../../src/index.js';
import { binOf, copiesIn, copyOf, putIn } from '../../src/rebalance/bin.js';
import { kindsOf } from '../../src/rebalance/kinds.js';
import { PlacementTable } from '../../src/rebalance/placement-table.js';
import { check } from '../helpers/property.js';
import { seededCluster } from '../helpers/seeded-cluster.js';
import { type SmallCluster, smallClusterArbitrary } from '../helpers/small-cluster.js';

/** Clusters with every kind of demand there is; the tasks on them are known. */
const clusters: fc.Arbitrary<SmallCluster> = fc.oneof(
  smallClusterArbitrary(),
  fc.nat({ max: 10_000 }).map((seed) => seededCluster(seed, { hosts: 4, tasks: 6, sizes: 3 })),
);

/** A host and a kind to place a task of, as fractions of how many there are. */
const moves = fc.array(fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 99 })), { maxLength: 12 });

function tableOf(cluster: SmallCluster) {
  const context = placementContext(cluster);
  const rooms = cluster.hosts.map((host) => roomOf(host, context));
  const { kinds, kindOf } = kindsOf(cluster.taskSizes);
  return { rooms, kinds, kindOf, table: PlacementTable.of(rooms, kinds) };
}

/** Of every host and size: how many copies fit by the rooms. */
function byRooms(rooms: readonly HostRoom[], sizes: readonly TaskSize[]): readonly number[] {
  return rooms.flatMap((room) => sizes.map((size) => fits(room, size).copies));
}

describe('a table of what hosts have free', () => {
  it('says what the rooms say, whatever is placed on it, and so do bins', () => {
    check(
      fc.property(clusters, moves, (cluster, placed) => {
        const { rooms, kinds, kindOf, table } = tableOf(cluster);
        const now = [...rooms];
        const bins = rooms.map((_, row) => binOf(table, row, -1));
        const untouched = bins.map(copyOf);
        const taken = table.copy();
        for (const [h, s] of placed) {
          const host = h % rooms.length;
          const size = cluster.taskSizes[s % cluster.taskSizes.length] as TaskSize;
          const room = now[host] as HostRoom;
          const bin = bins[host];
          if (fits(room, size).copies < 1 || bin === undefined) continue;
          now[host] = place(room, size);
          taken.take(host, kindOf(size), 1);
          putIn(bin, kindOf(size), 1, kinds);
        }
        const each = rooms.flatMap((_, host) => cluster.taskSizes.map((size) => [host, kindOf(size)] as const));
        expect(each.map(([host, kind]) => taken.copies(host, kind))).toStrictEqual(byRooms(now, cluster.taskSizes));
        expect(each.map(([host, kind]) => taken.takes(host, kind))).toStrictEqual(
          byRooms(now, cluster.taskSizes).map((copies) => copies > 0),
        );
        expect(bins.flatMap((bin) => cluster.taskSizes.map((size) => copiesIn(bin, kindOf(size), kinds)))).toStrictEqual(
          byRooms(now, cluster.taskSizes),
        );
        // Neither the table copied nor the bins copied have changed.
        expect(each.map(([host, kind]) => table.copies(host, kind))).toStrictEqual(byRooms(rooms, cluster.taskSizes));
        expect(untouched.flatMap((bin) => cluster.taskSizes.map((size) => copiesIn(bin, kindOf(size), kinds)))).toStrictEqual(
          byRooms(rooms, cluster.taskSizes),
        );
      }),
    );
  });

  it('tells what is unknown of hosts that would take a copy, as the rooms do', () => {
    check(
      fc.property(clusters, fc.boolean(), (cluster, hasDaemons) => {
        const { tasks: _, networkInterfaceLimits: __, ...unknown } = cluster;
        const daemons = hasDaemons ? [{ ...(cluster.taskSizes[0] as TaskSize), group: 'service:daemon' }] : [];
        const context = placementContext({ ...unknown, daemons });
        const rooms = cluster.hosts.map((host) => roomOf(host, context));
        const table = PlacementTable.of(rooms, kindsOf(cluster.taskSizes).kinds);
        const told = new Set(rooms.flatMap((room) => cluster.taskSizes.flatMap((size) => fits(room, size).unknown)));
        expect([...table.unknown].sort()).toStrictEqual([...told].sort());
      }),
    );
  });

  it('gives nothing on a host that is closed, and all it gave on the others', () => {
    check(
      fc.property(clusters, fc.nat({ max: 3 }), (cluster, at) => {
        const { rooms, kindOf, table } = tableOf(cluster);
        const host = at % rooms.length;
        const closed = table.copy();
        closed.close(host);
        for (const [index, room] of rooms.entries()) {
          for (const size of cluster.taskSizes) {
            expect(closed.copies(index, kindOf(size))).toBe(index === host ? 0 : fits(room, size).copies);
            expect(table.copies(index, kindOf(size))).toBe(fits(room, size).copies);
          }
        }
        expect([...closed.closed]).toStrictEqual(rooms.map((room, index) => (room.closedBy !== undefined || index === host ? 1 : 0)));
        expect([...table.closed]).toStrictEqual(rooms.map((room) => (room.closedBy === undefined ? 0 : 1)));
      }),
    );
  });
});
