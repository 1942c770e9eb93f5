import { type HostType, hostsNeeded, hostsShort, type Task } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const WEB = taskSize(250, 400);
const SMALL: HostType = { name: 'small', resources: resources(1024, 993) };
const LARGE: HostType = { name: 'large', resources: resources(4096, 15_000), cost: 6 };

const waiting = (tasks: number, size = WEB) => [{ size, tasks }];

describe('worked examples', () => {
  it('1: five tasks, two a host by memory, need three hosts, and 2,000 MiB ÷ 993 MiB proves it', () => {
    expect(hostsNeeded({ hostTypes: [SMALL], waiting: waiting(5) })).toMatchObject({
      hosts: 3,
      cost: 3,
      lowerBound: { hosts: 3, cost: 3 },
      gap: 0,
      packing: [
        { hostType: 'small', hosts: 2, tasks: [{ name: 'web', copies: 2 }] },
        { hostType: 'small', hosts: 1, tasks: [{ name: 'web', copies: 1 }] },
      ],
    });
  });

  it('2: sixteen tasks fill one large host for 6, where eight small ones cost 8; a seventeenth adds a small one', () => {
    const byType = (tasks: number) => hostsNeeded({ hostTypes: [SMALL, LARGE], waiting: waiting(tasks) }).byType.map(({ hosts }) => hosts);
    expect(byType(16)).toEqual([0, 1]);
    expect(byType(17)).toEqual([1, 1]);
    expect(byType(4)).toEqual([2, 0]);
  });

  it('3: a fixed port needs a host a copy, whatever room there is', () => {
    const api = taskSize(10, 10, { tcpPorts: [8080] });
    expect(hostsNeeded({ hostTypes: [LARGE], waiting: waiting(4, api) })).toMatchObject({ hosts: 4, lowerBound: { hosts: 4 }, gap: 0 });
  });

  it('4: tasks of more than half a host need one each, which volume alone does not prove', () => {
    expect(hostsNeeded({ hostTypes: [SMALL], waiting: waiting(3, taskSize(520, 10)) })).toMatchObject({
      hosts: 3,
      lowerBound: { hosts: 3 },
    });
  });

  it('5: each new host loses what its daemons take', () => {
    const daemon = { ...taskSize(100, 200, { name: 'agent' }), group: 'service:agent' };
    expect(hostsNeeded({ hostTypes: [SMALL], waiting: waiting(2), daemons: [daemon] }).hosts).toBe(2);
    expect(hostsNeeded({ hostTypes: [SMALL], waiting: waiting(2) }).hosts).toBe(1);
  });
});

describe('tasks that fit no host type', () => {
  it('are told with the dimension, and the others are packed', () => {
    const huge = taskSize(2048, 400, { name: 'huge', gpus: 1 });
    expect(hostsNeeded({ hostTypes: [SMALL], waiting: [...waiting(2), ...waiting(3, huge)] })).toMatchObject({
      hosts: 1,
      unplaceable: [{ name: 'huge', tasks: 3, reasons: ['CPU', 'GPU'] }],
    });
  });

  it('are all where there is no type', () => {
    expect(hostsNeeded({ hostTypes: [], waiting: waiting(2) })).toMatchObject({ hosts: 0, unplaceable: [{ tasks: 2, reasons: [] }] });
  });

  it.each([Number.NaN, 1e300])('end at 10,000 hosts where %p of them are asked for', (tasks) => {
    const answer = hostsNeeded({ hostTypes: [SMALL], waiting: waiting(tasks) });
    expect(answer).toMatchObject({ hosts: 10_000, unplaceable: [{ name: 'web', reasons: [] }] });
  });

  it.each([Number.NaN, -1, 0, Number.NEGATIVE_INFINITY])('are told of a type with %p MiB, too', (memoryMiB) => {
    const answer = hostsNeeded({ hostTypes: [{ name: 'odd', resources: resources(1024, memoryMiB) }], waiting: waiting(1) });
    expect(answer).toMatchObject({ hosts: 0, unplaceable: [{ tasks: 1 }] });
  });
});

describe('existing hosts', () => {
  const running: Task = { taskArn: 'task-1', containerInstanceArn: arnOf('a'), lastStatus: 'RUNNING', daemon: false, size: WEB };
  const a = host('a', { remaining: resources(774, 593) });

  it('take what they have room for, and keep what they run', () => {
    expect(hostsNeeded({ hostTypes: [SMALL], existing: [a], tasks: [running], waiting: waiting(1) }).hosts).toBe(0);
    expect(hostsNeeded({ hostTypes: [SMALL], existing: [a], tasks: [running], waiting: waiting(2) }).hosts).toBe(1);
  });

  it('that are to go give no room, and what they run needs some', () => {
    expect(hostsNeeded({ hostTypes: [SMALL], replaced: [a], tasks: [running], waiting: waiting(2) }).hosts).toBe(2);
    expect(hostsNeeded({ hostTypes: [SMALL], replaced: [a], waiting: waiting(2) })).toMatchObject({ hosts: 2, precision: 'estimate' });
  });
});

describe('hosts short', () => {
  it('counts headroom of all sizes together, from zero hosts too', () => {
    const sizes = [
      { ...WEB, headroom: 2 },
      { ...taskSize(100, 500, { name: 'cron' }), headroom: 1 },
    ];
    expect(hostsShort([], SMALL, { taskSizes: sizes })).toMatchObject({ hosts: 2, lowerBound: 2, isPacked: false });
    expect(hostsShort([host('a')], SMALL, { taskSizes: sizes })).toMatchObject({ hosts: 1, isPacked: false });
    expect(hostsShort([host('a'), host('b')], SMALL, { taskSizes: sizes })).toMatchObject({ hosts: 0, isPacked: true });
  });

  it('is no host where none would help, and says so', () => {
    const answer = hostsShort([], SMALL, { waiting: waiting(1, taskSize(2048, 1)) });
    expect(answer).toMatchObject({ hosts: 0, isPacked: false, unplaceable: [{ tasks: 1, reasons: ['CPU'] }] });
  });
});
