import type { Task, TaskSize } from '../../src/index.js';
import { toldSizes } from '../../src/rebalance/told-sizes.js';
import { taskSize } from '../helpers/synthetic-hosts.js';

const DISTINCT = { placementConstraints: [{ type: 'distinctInstance' as const }] };
const disk = (amount: number) => ({ name: 'disk', amount });
const own = taskSize(1, 2);
const task = (size: TaskSize, others: Partial<Task> = {}): Task => ({
  taskArn: 't',
  lastStatus: 'RUNNING',
  daemon: false,
  size,
  ...others,
});
const recorded = (size: TaskSize, group = 'service:web'): Task => task(size, { group, constraintsUnknown: true });
const sized = (others: Partial<TaskSize>): TaskSize => taskSize(7, 7, { group: 'service:web', ...others });

describe('what a task asks of its next host', () => {
  it('is what it is known to ask for, with its group', () => {
    const tell = toldSizes([sized({ gpus: 3 })]);
    expect(tell(task(own))).toEqual({ size: own, isUnknown: false });
    expect(tell(task(own, { group: 'service:web' }))).toEqual({ size: { ...own, group: 'service:web' }, isUnknown: false });
    const grouped = { ...own, group: 'service:web' };
    expect(tell(task(grouped, { group: 'service:web' })).size).toBe(grouped);
  });

  it('is one object for equal ones, for each group', () => {
    const tell = toldSizes([]);
    const [a, b, c] = ['service:a', 'service:a', 'service:b'].map((group) => tell(task(own, { group })).size);
    expect(a).toBe(b);
    expect(c).toEqual({ ...own, group: 'service:b' });
    expect(tell(task({ ...own }, { group: 'service:a' })).size).not.toBe(a);
    expect(tell(task(own, { group: 'service:a' })).size).toBe(a);
  });

  it('is the record’s CPU and memory, and what the size of its group says beside, where only a record tells of it', () => {
    const tell = toldSizes([
      sized({ gpus: 1, tcpPorts: [80, 81], networkMode: 'awsvpc', others: [disk(2)], requiredAttributes: [{ name: 'ssd' }], ...DISTINCT }),
      sized({ group: 'service:other', gpus: 9 }),
    ]);
    const record = { ...own, gpus: 2, tcpPorts: [80, 90], udpPorts: [53], others: [{ name: 'tape', amount: 1 }, disk(1)] };
    expect(tell(recorded(record))).toEqual({
      size: {
        ...own,
        group: 'service:web',
        gpus: 2,
        tcpPorts: [80, 90, 81],
        udpPorts: [53],
        networkMode: 'awsvpc',
        others: [disk(2), { name: 'tape', amount: 1 }],
        requiredAttributes: [{ name: 'ssd' }],
        ...DISTINCT,
      },
      isUnknown: false,
    });
    expect(tell(recorded({ ...own, others: [disk(3)] })).size).toMatchObject({ gpus: 1, others: [disk(3)] });
  });

  it('keeps its network mode where the size has no interface of its own', () => {
    const tell = toldSizes([sized({ networkMode: 'host' })]);
    expect(tell(recorded({ ...own, networkMode: 'none' })).size.networkMode).toBe('none');
    expect(tell(recorded({ ...own, networkMode: 'awsvpc' })).size.networkMode).toBe('awsvpc');
  });

  it.each<[string, readonly TaskSize[]]>([
    ['no size', []],
    ['a size of another group', [sized({ group: 'service:other' })]],
    ['a size of no group', [taskSize(7, 7)]],
    ['sizes that differ in GPUs', [sized({}), sized({ gpus: 1 })]],
    ['sizes that differ in TCP ports', [sized({}), sized({ tcpPorts: [1] })]],
    ['sizes that differ in UDP ports', [sized({}), sized({ udpPorts: [1] })]],
    ['sizes that differ in interfaces', [sized({}), sized({ networkMode: 'awsvpc' })]],
    ['sizes that differ in resources', [sized({}), sized({ others: [disk(1)] })]],
    ['sizes that differ in attributes', [sized({}), sized({ requiredAttributes: [{ name: 'ssd' }] })]],
    ['sizes that differ in constraints', [sized({}), sized(DISTINCT)]],
    ['sizes of which the last is like the first again', [sized({}), sized(DISTINCT), sized({})]],
  ])('is unknown with %s', (_, sizes) => {
    expect(toldSizes(sizes)(recorded(own))).toEqual({ size: { ...own, group: 'service:web' }, isUnknown: true });
  });

  it('is told by sizes that differ in CPU, memory, name and headroom alone', () => {
    const tell = toldSizes([
      sized({ gpus: 1 }),
      sized({ gpus: 1, cpuUnits: 9, memoryMiB: 9, name: 'next', headroom: 4, networkMode: 'none' }),
    ]);
    expect(tell(recorded(own))).toMatchObject({ size: { cpuUnits: 1, memoryMiB: 2, gpus: 1 }, isUnknown: false });
  });

  it('is unknown of a task without a group', () => {
    expect(toldSizes([sized({})])(task(own, { constraintsUnknown: true }))).toEqual({ size: own, isUnknown: true });
  });
});
