import { drainableHosts, type Host, parsePlacementExpression, type Task, type TaskDemand, type TaskSize } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

// What is proved of any order of placement, at the last amount where it is and the first where it is not. The bound is ADR 0008's: the
// units that others use must stay below those that block every host, in whole 1,024ths of the largest task that may be.

const DISTINCT = { placementConstraints: [{ type: 'distinctInstance' as const }] };

interface Given {
  /** CPU units that hosts have left that stay; TCP ports taken there. */
  readonly free: ReadonlyArray<number | readonly [cpuUnits: number, port: number]>;
  /** CPU units in use on hosts that leave, of which no task is known; a TCP and a UDP port held by them. */
  readonly blocks?: ReadonlyArray<number | readonly [cpuUnits: number, tcpPort: number, udpPort?: number]>;
  readonly waiting?: readonly TaskDemand[];
}

const pair = (amount: number | readonly [number, number, number?]): readonly [number, number?, number?] =>
  typeof amount === 'number' ? [amount] : amount;

/** Memory is all free everywhere, and nothing asks for it. */
function hostsOf({ free, blocks = [] }: Given): readonly Host[] {
  return [
    ...free.map((given, index) => {
      const [cpuUnits, port] = pair(given);
      const left = resources(cpuUnits, 1, { takenTcpPorts: port === undefined ? [] : [port] });
      return host(`stays-${index}`, { registered: left, remaining: left });
    }),
    ...blocks.map((given, index) => {
      const [cpuUnits, tcp, udp] = pair(given);
      const held = { takenTcpPorts: tcp === undefined ? [] : [tcp], takenUdpPorts: udp === undefined ? [] : [udp] };
      return host(`leaves-${index}`, {
        status: 'DRAINING',
        registered: resources(1000, 1),
        remaining: resources(1000 - cpuUnits, 1, held),
      });
    }),
  ];
}

/** `proved`, or what is not. Every host is to stay, so that nothing but what is there to be placed decides. */
function verdict(given: Given): string {
  const hosts = hostsOf(given);
  const staying = new Set(hosts.map(({ containerInstanceArn }) => containerInstanceArn));
  const { kept } = drainableHosts(hosts, { staying, waiting: given.waiting ?? [] });
  const [first] = kept;
  return first?.reason === 'STAYING' ? 'proved' : [first?.reason, first?.taskSize].join(' ').trim();
}

const cpu = (name: string, cpuUnits: number, others: Partial<TaskSize> = {}): TaskSize => taskSize(cpuUnits, 0, { name, ...others });
const LOOSE = 'UNPLACED_FIRST';

describe('tasks of which only the sum is known', () => {
  it.each<[string, Given, Given]>([
    ['all of them at once on one host', { blocks: [60, 40], free: [100, 5] }, { blocks: [60, 40], free: [99, 5] }],
    // Two largest tasks of 100 and one unit are 2,059 parts. A host of 201 takes 1,034 of them while 100 stay free, one of 200 takes 1,024.
    ['two times a block on two hosts', { blocks: [100, 100, 1], free: [201, 201] }, { blocks: [100, 100, 1], free: [200, 200] }],
    // 512 parts each of 150, 501 of 149: four times that is all that two blocks are.
    [
      'the same on four, to the last part',
      { blocks: [100, 100], free: [150, 150, 150, 150] },
      { blocks: [100, 100], free: [149, 150, 150, 150] },
    ],
    // 686 parts each of 167, 675 of 166.
    ['the same on three', { blocks: [100, 100], free: [167, 167, 167] }, { blocks: [100, 100], free: [166, 166, 166] }],
    // 1,536 of 250, 1,525 of 249, 20 of 102, 10 of 101, and none of less than 100.
    [
      'what little hosts of just more give',
      { blocks: [100, 100, 100], free: [250, 249, 102] },
      { blocks: [100, 100, 100], free: [250, 249, 101] },
    ],
    [
      'nothing of hosts that are too small',
      { blocks: [100, 100, 100], free: [250, 250, 1] },
      { blocks: [100, 100, 100], free: [250, 249, 99] },
    ],
    ['smaller blocks by the largest', { blocks: [100, 80, 50], free: [216, 216] }, { blocks: [100, 80, 50], free: [215, 215] }],
    [
      'beside known tasks, 512 parts for one of 50',
      { blocks: [100, 100], free: [225, 225], waiting: [{ size: cpu('web', 50), tasks: 1 }] },
      { blocks: [100, 100], free: [224, 224], waiting: [{ size: cpu('web', 50), tasks: 1 }] },
    ],
    [
      'beside two known tasks of a kind',
      { blocks: [100, 100], free: [250, 250], waiting: [{ size: cpu('web', 50), tasks: 2 }] },
      { blocks: [100, 100], free: [249, 249], waiting: [{ size: cpu('web', 50), tasks: 2 }] },
    ],
    [
      'a port that is held twice, for which the host that gives most is left out: 2,058 × 2 − 2,059',
      {
        blocks: [
          [100, 80],
          [100, 80],
        ],
        free: [301, 301],
      },
      {
        blocks: [
          [100, 80],
          [100, 80],
        ],
        free: [300, 300],
      },
    ],
    [
      'ports of two protocols, each held once, which conflict with nothing',
      {
        blocks: [
          [100, 80, 53],
          [100, 81, 54],
        ],
        free: [200, 200],
      },
      {
        blocks: [
          [100, 80, 53],
          [100, 81, 54],
        ],
        free: [199, 199],
      },
    ],
    [
      'a UDP port that is held twice',
      {
        blocks: [
          [100, 80, 53],
          [100, 81, 53],
        ],
        free: [301, 301],
      },
      {
        blocks: [
          [100, 80, 53],
          [100, 81, 53],
        ],
        free: [300, 300],
      },
    ],
    [
      'nothing of a host where a port of theirs is taken',
      { blocks: [[60, 80], 40], free: [100, [100, 81]] },
      { blocks: [[60, 80], 40], free: [[100, 80], 99] },
    ],
  ])('are proved by %s', (_, enough, tooLittle) => {
    expect([verdict(enough), verdict(tooLittle)]).toEqual(['proved', LOOSE]);
  });

  it('are not proved on hosts that are closed', () => {
    const [open] = hostsOf({ free: [100] }) as [Host];
    const [block] = hostsOf({ free: [], blocks: [60] }) as [Host];
    const options = { staying: new Set([open.containerInstanceArn]) };
    expect(drainableHosts([open, block], options).kept[0]?.reason).toBe('STAYING');
    expect(drainableHosts([{ ...open, agentConnected: false }, block], options).kept[0]?.reason).toBe('NOT_ELIGIBLE');
  });

  it('are proved beside a task only where the task has room whatever they do', () => {
    const web = [{ size: cpu('web', 100), tasks: 1 }];
    expect(verdict({ blocks: [100], free: [200], waiting: web })).toBe('proved');
    expect(verdict({ blocks: [100], free: [199], waiting: web })).toBe('UNPLACED_FIRST web');
    expect(verdict({ blocks: [100, 100], free: [250, 250], waiting: web })).toBe('proved');
    expect(verdict({ blocks: [100, 100], free: [199, 199], waiting: web })).toBe('UNPLACED_FIRST web');
  });

  it('may keep off a task whose port they hold, or that is to be apart', () => {
    const [web, apart] = [cpu('web', 1, { tcpPorts: [80] }), cpu('apart', 1, { ...DISTINCT, group: 'service:apart' })];
    const waiting = (size: TaskSize) => [{ size, tasks: 1 }];
    expect(verdict({ blocks: [[10, 81]], free: [500], waiting: waiting(web) })).toBe('proved');
    expect(verdict({ blocks: [[10, 80]], free: [500], waiting: waiting(web) })).toBe('UNPLACED_FIRST web');
    expect(verdict({ blocks: [[10, 80]], free: [500, 500], waiting: waiting(web) })).toBe('proved');
    expect(verdict({ blocks: [10], free: [500], waiting: waiting(apart) })).toBe('UNPLACED_FIRST apart');
    expect(verdict({ blocks: [10], free: [500, 500, 500], waiting: waiting(apart) })).toBe('UNPLACED_FIRST apart');
  });
});

describe('known tasks', () => {
  const waiting = (...sizes: ReadonlyArray<readonly [TaskSize, number?]>): readonly TaskDemand[] =>
    sizes.map(([size, tasks = 1]) => ({ size, tasks }));

  it.each<[string, Given, string]>([
    ['that one host holds together', { free: [200, 10], waiting: waiting([cpu('a', 90)], [cpu('b', 110)]) }, 'proved'],
    ['that no host holds together', { free: [199, 10], waiting: waiting([cpu('a', 90)], [cpu('b', 110)]) }, 'UNPLACED_FIRST b'],
    [
      'that ask for one port',
      { free: [500], waiting: waiting([cpu('a', 1, { tcpPorts: [80] })], [cpu('b', 2, { tcpPorts: [80] })]) },
      'UNPLACED_FIRST a',
    ],
    [
      'that ask for two ports',
      { free: [500], waiting: waiting([cpu('a', 1, { tcpPorts: [80] })], [cpu('b', 2, { tcpPorts: [81] })]) },
      'proved',
    ],
    ['two of one port', { free: [500], waiting: waiting([cpu('a', 1, { tcpPorts: [80] }), 2]) }, 'UNPLACED_FIRST a'],
    ['two of one port, on two hosts', { free: [500, 1], waiting: waiting([cpu('a', 1, { tcpPorts: [80] }), 2]) }, 'proved'],
    [
      'one of a port that is taken where there is room',
      { free: [[500, 80], 1], waiting: waiting([cpu('a', 2, { tcpPorts: [80] })]) },
      'UNPLACED_FIRST a',
    ],
    ['one of a port beside others', { free: [12, 5], waiting: waiting([cpu('a', 4, { tcpPorts: [80] })], [cpu('b', 8)]) }, 'proved'],
    [
      'two that are apart from their own group',
      { free: [500], waiting: waiting([cpu('a', 1, { ...DISTINCT, group: 'g' })], [cpu('b', 2, { ...DISTINCT, group: 'g' })]) },
      'UNPLACED_FIRST a',
    ],
    [
      'two that are apart, each from its own group',
      { free: [500], waiting: waiting([cpu('a', 1, { ...DISTINCT, group: 'g' })], [cpu('b', 2, { ...DISTINCT, group: 'h' })]) },
      'proved',
    ],
    ['three halves on two hosts', { free: [10, 10], waiting: waiting([cpu('a', 5), 3]) }, 'proved'],
    ['three halves and more on two hosts', { free: [10, 10], waiting: waiting([cpu('a', 6), 3]) }, 'UNPLACED_FIRST a'],
    // Two small ones may stand one on each, but not three hosts with two.
    [
      'a large one that two small ones cannot keep off three hosts',
      { free: [10, 10, 10], waiting: waiting([cpu('a', 9)], [cpu('b', 2), 2]) },
      'proved',
    ],
    [
      'a large one that three small ones can',
      { free: [10, 10, 10], waiting: waiting([cpu('a', 9)], [cpu('b', 2), 3]) },
      'UNPLACED_FIRST a',
    ],
    ['none', { free: [1] }, 'proved'],
    ['one where there is no host', { free: [], blocks: [0], waiting: waiting([cpu('a', 1)]) }, ''],
  ])('%s', (_, given, expected) => {
    expect(verdict(given)).toBe(expected);
  });

  it('are looked for on up to sixteen hosts one by one, where adding up proves nothing', () => {
    // The large one can be kept off a host by two of 3 and not by one; by 4 and 3 units of one scale or other, sums cannot tell.
    const given = (hosts: number, small: number): Given => ({
      free: Array.from({ length: hosts }, () => 10),
      waiting: waiting([cpu('large', 5)], [cpu('small', 3), small]),
    });
    expect(verdict(given(4, 7))).toBe('proved');
    expect(verdict(given(4, 8))).toBe('UNPLACED_FIRST large');
  });

  it('count the ports of those that run on a host as soon as it is to be drained, and not before', () => {
    const api = taskSize(10, 10, { name: 'api', tcpPorts: [8080] });
    const on = (name: string, id: string): Task => ({
      taskArn: id,
      containerInstanceArn: arnOf(name),
      group: 'service:api',
      lastStatus: 'RUNNING',
      daemon: false,
      size: api,
    });
    const running = (name: string) =>
      host(name, { registered: resources(100, 100), remaining: resources(90, 90, { takenTcpPorts: [8080] }) });
    const empty = (name: string) => host(name, { registered: resources(100, 100) });
    const tasks = [on('a', '1'), on('b', '2')];
    const options = { tasks, staying: new Set([arnOf('c'), arnOf('d')]) };
    expect(drainableHosts([running('a'), running('b'), empty('c')], options).containerInstanceArns).toEqual([arnOf('a')]);
    expect(drainableHosts([running('a'), running('b'), empty('c'), empty('d')], options).containerInstanceArns).toEqual([
      arnOf('a'),
      arnOf('b'),
    ]);
  });

  it('are not proved where other tasks could let them onto a host', () => {
    const parsed = parsePlacementExpression('runningTasksCount >= 0');
    if (!parsed.ok) throw new TypeError(parsed.error.message);
    const near = cpu('near', 1, { placementConstraints: [{ type: 'memberOf', expression: parsed.value }] });
    expect(verdict({ free: [10, 10], waiting: waiting([near]) })).toBe('UNPLACED_FIRST near');
    expect(verdict({ free: [10, 10], waiting: waiting([near, 0], [cpu('web', 1)]) })).toBe('proved');
  });
});

describe('all tasks, known and unknown, that one host holds at once', () => {
  const [api, web, other] = [cpu('api', 4, { tcpPorts: [80] }), cpu('web', 8), cpu('other', 1, { tcpPorts: [80] })];
  const waiting = (...sizes: ReadonlyArray<readonly [TaskSize, number]>): readonly TaskDemand[] =>
    sizes.map(([size, tasks]) => ({ size, tasks }));

  it.each<[string, Given, string]>([
    ['to the last unit', { blocks: [1], free: [13, 5], waiting: waiting([api, 1], [web, 1]) }, 'proved'],
    ['but for one unit', { blocks: [1], free: [12, 5], waiting: waiting([api, 1], [web, 1]) }, 'UNPLACED_FIRST web'],
    ['on the second host', { blocks: [1], free: [[13, 80], 13], waiting: waiting([api, 1], [web, 1]) }, 'proved'],
    ['but for a port', { blocks: [1], free: [[13, 80], 3], waiting: waiting([api, 1], [web, 1]) }, 'UNPLACED_FIRST api'],
    ['but for two of one port', { blocks: [1], free: [20, 5], waiting: waiting([api, 2]) }, 'UNPLACED_FIRST api'],
    ['but for two kinds of one port', { blocks: [1], free: [20], waiting: waiting([api, 1], [other, 1]) }, 'UNPLACED_FIRST other'],
    [
      'beside a kind of which none is asked for',
      { blocks: [1], free: [13, 5], waiting: waiting([api, 1], [web, 1], [other, 0]) },
      'proved',
    ],
    [
      'beside a kind that none is asked of and that it would not take',
      { blocks: [1], free: [13, 5], waiting: waiting([api, 1], [web, 1], [cpu('gpu', 1, { requiredAttributes: [{ name: 'gpu' }] }), 0]) },
      'proved',
    ],
  ])('%s', (_, given, expected) => {
    expect(verdict(given)).toBe(expected);
  });
});

describe('tasks that go to hosts of their own', () => {
  const needs = (name: string) => ({ requiredAttributes: [{ name }] });
  const free = (name: string, attribute: string, cpuUnits: number): Host => {
    const left = resources(cpuUnits, 1);
    return host(name, { registered: left, remaining: left, attributes: [{ name: attribute }] });
  };

  it.each([
    [64, 'STAYING'],
    [65, 'UNPLACED_FIRST'],
  ])('do not count against others, where there are no more than 64 kinds: of %d', (kinds, reason) => {
    // More hosts than are looked at one by one. Only what can go to them can fill them up: nothing.
    const hosts = [...Array.from({ length: 17 }, (_, index) => free(`ssd-${index}`, 'ssd', 10)), free('hdd', 'hdd', 10_000)];
    const waiting = [
      { size: cpu('fast', 10, needs('ssd')), tasks: 1 },
      ...Array.from({ length: kinds - 1 }, (_, index) => ({ size: cpu(`slow-${index}`, 10 + index, needs('hdd')), tasks: 1 })),
    ];
    const staying = new Set(hosts.map(({ containerInstanceArn }) => containerInstanceArn));
    expect(new Set(drainableHosts(hosts, { waiting, staying }).kept.map((kept) => kept.reason))).toEqual(new Set([reason]));
  });
});
