import { sizeOfLoose } from '../../src/rebalance/loose-size.js';
import { LooseSum } from '../../src/rebalance/loose-sum.js';
import { looseTasksOn } from '../../src/rebalance/loose-tasks.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const DIMENSIONS = ['CPU', 'MEMORY', 'GPU', 'ENI', 'RESOURCE:disk'] as const;
const disk = (amount: number) => [{ name: 'disk', amount }];
const registered = resources(1000, 1000, { gpus: 2, takenTcpPorts: [22], takenUdpPorts: [53], others: disk(4) });
const inUse = (others = {}) =>
  host('a', {
    registered,
    remaining: resources(700, 600, { gpus: 1, takenTcpPorts: [22, 80, 81], takenUdpPorts: [53, 90], others: disk(1) }),
    ...others,
  });

describe('what is in use that no known task accounts for', () => {
  const loose = (known: readonly ReturnType<typeof taskSize>[], areAllKnown = true, others = {}) => {
    const found = looseTasksOn(inUse(others), { known, areAllKnown }, DIMENSIONS);
    return found && { ...found, amounts: [...found.amounts] };
  };

  it('is all of it where none is known', () => {
    expect(loose([])).toEqual({ containerInstanceArn: arnOf('a'), amounts: [300, 400, 1, 0, 3], tcpPorts: [80, 81], udpPorts: [90] });
  });

  it('is what they leave', () => {
    const known = [taskSize(100, 50, { tcpPorts: [80] }), taskSize(100, 50, { others: disk(1), gpus: 1, networkMode: 'awsvpc' })];
    expect(loose(known)).toEqual({ containerInstanceArn: arnOf('a'), amounts: [100, 300, 0, 0, 2], tcpPorts: [81], udpPorts: [90] });
  });

  it('is never less than nothing', () => {
    expect(loose([taskSize(900, 50, { udpPorts: [90] })])).toMatchObject({ amounts: [0, 350, 1, 0, 3], udpPorts: [] });
  });

  it.each<[string, Parameters<typeof taskSize>[2], object]>([
    ['a TCP port', { udpPorts: [90] }, { tcpPorts: [80, 81], udpPorts: [] }],
    ['a UDP port', { tcpPorts: [80, 81] }, { tcpPorts: [], udpPorts: [90] }],
  ])('may be %s alone', (_, ports, expected) => {
    expect(loose([taskSize(300, 400, { gpus: 1, others: disk(3), ...ports })])).toMatchObject({ amounts: [0, 0, 0, 0, 0], ...expected });
  });

  it('is nothing where they account for all of it, unless the record counts more tasks than are known', () => {
    const all = taskSize(300, 400, { gpus: 1, others: disk(3), tcpPorts: [80, 81], udpPorts: [90] });
    expect(loose([all])).toBeUndefined();
    expect(loose([all], true, { runningTasksCount: 5 })).toBeUndefined();
    expect(loose([all], false)).toBeUndefined();
    expect(loose([all], false, { runningTasksCount: 1 })).toBeUndefined();
    expect(loose([all], false, { runningTasksCount: 2 })).toMatchObject({ amounts: [0, 0, 0, 0, 0] });
    expect(loose([all], false, { runningTasksCount: 1, pendingTasksCount: 1 })).toMatchObject({ amounts: [0, 0, 0, 0, 0] });
    expect(loose([all], false, { pendingTasksCount: 1 })).toBeUndefined();
  });
});

describe('the sum of several hosts’', () => {
  const block = (name: string, amounts: readonly number[], tcpPorts: readonly number[] = [], udpPorts: readonly number[] = []) => ({
    containerInstanceArn: arnOf(name),
    amounts: Float64Array.from(amounts),
    tcpPorts,
    udpPorts,
  });

  it('adds up what they take, keeps the most of any one, and counts the hosts and ports', () => {
    const one = LooseSum.NONE.plus(block('a', [1, 20], [80, 81], [53]));
    const two = one.plus(block('b', [3, 10], [80]));
    expect([LooseSum.NONE.isEmpty, one.isEmpty, two.isEmpty]).toEqual([true, false, false]);
    expect([one.blocks, two.blocks]).toEqual([1, 2]);
    expect([[...one.amounts], [...two.amounts]]).toEqual([
      [1, 20],
      [4, 30],
    ]);
    expect([[...one.largest], [...two.largest]]).toEqual([
      [1, 20],
      [3, 20],
    ]);
    expect([...two.tcpPorts]).toEqual([
      [80, 2],
      [81, 1],
    ]);
    expect([...two.udpPorts]).toEqual([[53, 1]]);
    // The sum that it was made from is as it was.
    expect([...one.tcpPorts]).toEqual([
      [80, 1],
      [81, 1],
    ]);
  });

  it('uses units in each dimension by itself, and as many as are told for each port that the kind asks for, too', () => {
    const sum = LooseSum.NONE.plus(block('a', [10, 100], [80], [53])).plus(block('b', [11, 0], [80], [53, 54]));
    const unit = { amounts: Float64Array.from([4, 25]), scale: 1, cap: 1 };
    // ⌈21 ÷ 4⌉ + ⌈100 ÷ 25⌉
    expect(sum.unitsOf(unit, undefined, 7)).toBe(10);
    expect(sum.unitsOf({ ...unit, scale: 4 }, undefined, 7)).toBe(21 + 16);
    expect(sum.unitsOf({ ...unit, amounts: Float64Array.from([0, 25]) }, undefined, 7)).toBe(4);
    expect(sum.unitsOf(unit, taskSize(1, 1), 7)).toBe(10);
    expect(sum.unitsOf(unit, taskSize(1, 1, { tcpPorts: [80, 81] }), 7)).toBe(10 + 2 * 7);
    expect(sum.unitsOf(unit, taskSize(1, 1, { tcpPorts: [80], udpPorts: [53, 54] }), 7)).toBe(10 + 5 * 7);
  });
});

it('what only the sum is known of counts as one task of that size where a whole task must be placed', () => {
  const loose = { containerInstanceArn: arnOf('a'), amounts: Float64Array.from([1, 2, 3, 0, 5]), tcpPorts: [80], udpPorts: [53] };
  expect(sizeOfLoose(loose, DIMENSIONS)).toEqual(
    taskSize(1, 2, { name: `tasks on ${arnOf('a')}`, gpus: 3, tcpPorts: [80], udpPorts: [53], others: disk(5) }),
  );
  const none = { ...loose, amounts: Float64Array.from([1, 0]) };
  expect(sizeOfLoose(none, ['CPU', 'RESOURCE:disk'])).toEqual(
    taskSize(1, 0, { name: `tasks on ${arnOf('a')}`, tcpPorts: [80], udpPorts: [53] }),
  );
});
