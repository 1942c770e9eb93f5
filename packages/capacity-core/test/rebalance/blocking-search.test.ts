import { fits, placementContext, roomOf, type TaskSize } from '../../src/index.js';
import { canBeBlocked } from '../../src/rebalance/blocking-search.js';
import { kindsOf } from '../../src/rebalance/kinds.js';
import { PlacementTable } from '../../src/rebalance/placement-table.js';
import { countInto } from '../../src/rebalance/task-demand.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

type Tasks = readonly [size: TaskSize, tasks: number];

const cpu = (name: string, cpuUnits: number, others: Partial<TaskSize> = {}): TaskSize => taskSize(cpuUnits, 0, { name, ...others });
const DISTINCT = { placementConstraints: [{ type: 'distinctInstance' as const }] };

/** Whether the first of the sizes can be kept off hosts with so many CPU units left; the first host alone has an SSD. */
function blocked(free: readonly number[], tasks: readonly Tasks[]): boolean | undefined {
  const context = placementContext({ tasks: [] });
  const rooms = free.map((cpuUnits, index) =>
    roomOf(host(`host-${index}`, { registered: resources(cpuUnits, 1), attributes: index === 0 ? [{ name: 'ssd' }] : [] }), context),
  );
  const { kinds, kindOf } = kindsOf(tasks.map(([size]) => size));
  const demand = tasks.map(([size, number]) => ({ size, tasks: number }));
  const [[first]] = tasks as [Tasks];
  const counts = countInto(new Float64Array(kinds.sizes.length), demand, kindOf);
  const takers = [...rooms.entries()].flatMap(([index, room]) => (fits(room, first).copies > 0 ? [index] : []));
  return canBeBlocked(PlacementTable.of(rooms, kinds), kindOf(first), takers, counts, { steps: 10_000 });
}

describe('a task can be kept off its hosts', () => {
  const web = cpu('web', 5);

  it.each<[string, readonly number[], readonly Tasks[], boolean]>([
    ['by none', [10], [[web, 1]], false],
    ['by two of its own kind, where two fit', [10], [[web, 3]], true],
    ['not by one of its own kind', [10], [[web, 2]], false],
    [
      'by one of six',
      [10],
      [
        [web, 1],
        [cpu('six', 6), 1],
      ],
      true,
    ],
    [
      'not by two of six on two hosts and a third host',
      [10, 10, 10],
      [
        [web, 1],
        [cpu('six', 6), 2],
      ],
      false,
    ],
    [
      'by three of six on three hosts',
      [10, 10, 10],
      [
        [web, 1],
        [cpu('six', 6), 3],
      ],
      true,
    ],
    [
      'by two of three on each',
      [10, 10],
      [
        [web, 1],
        [cpu('three', 3), 4],
      ],
      true,
    ],
    [
      'not by three of three',
      [10, 10],
      [
        [web, 1],
        [cpu('three', 3), 3],
      ],
      false,
    ],
    [
      'by a six and two of three',
      [10, 10],
      [
        [web, 1],
        [cpu('three', 3), 2],
        [cpu('six', 6), 1],
      ],
      true,
    ],
    [
      'not by one that is too large for the host',
      [10],
      [
        [web, 1],
        [cpu('eleven', 11), 1],
      ],
      false,
    ],
    [
      'not by one that goes to another host',
      [10, 10],
      [
        [web, 1],
        [cpu('ssd', 6, { requiredAttributes: [{ name: 'ssd' }] }), 2],
      ],
      false,
    ],
    [
      'not by two of one port',
      [10],
      [
        [web, 1],
        [cpu('three', 3, { tcpPorts: [80] }), 2],
      ],
      false,
    ],
    [
      'by two of two ports',
      [10],
      [
        [web, 1],
        [cpu('three', 3, { tcpPorts: [80] }), 1],
        [cpu('other', 3, { tcpPorts: [81] }), 1],
      ],
      true,
    ],
    [
      'not by two that are apart',
      [10],
      [
        [web, 1],
        [cpu('three', 3, { ...DISTINCT, group: 'g' }), 2],
      ],
      false,
    ],
    [
      'by one that has its port',
      [10],
      [
        [cpu('web', 1, { tcpPorts: [80] }), 1],
        [cpu('other', 2, { tcpPorts: [80] }), 1],
      ],
      true,
    ],
    [
      'not by one that has its port, on two hosts',
      [10, 3],
      [
        [cpu('web', 1, { tcpPorts: [80] }), 1],
        [cpu('other', 2, { tcpPorts: [80] }), 1],
      ],
      false,
    ],
    [
      'by one of its group, where it is apart',
      [10],
      [
        [cpu('web', 1, { ...DISTINCT, group: 'g' }), 1],
        [cpu('other', 2, { group: 'g' }), 1],
      ],
      true,
    ],
  ])('%s', (_, free, tasks, expected) => {
    expect(blocked(free, tasks)).toBe(expected);
  });
});
