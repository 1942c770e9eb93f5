import { capacityAnswer } from '../helpers/answers.js';
import { runProgram } from '../helpers/program.js';
import { described, type HostNumbers, hostArn } from '../helpers/records.js';

/** One cluster and what the two methods say of it. */
interface Example {
  readonly name: string;
  readonly hosts: readonly HostNumbers[];
  /** CPU units and MiB of the task. */
  readonly spec: string;
  /** What the formula over sums gives, by reference host where it matters. */
  readonly pooled: ReadonlyArray<{ readonly capacity: number; readonly idle: number | null; readonly reference?: string }>;
  /** What fits. */
  readonly exact: { readonly capacity: number; readonly idle: number };
}

const small = { registeredCpu: 1000, registeredMemory: 1000 };
const large = { registeredCpu: 4096, registeredMemory: 15_000 };
const many = (count: number, host: Omit<HostNumbers, 'id'>): HostNumbers[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${host.cpu ?? 'e'}-${host.memory ?? 'e'}-${index}`, ...host }));

// Hosts have 1024 CPU units and 993 MiB unless they say otherwise, so an empty one holds two tasks of 250 and 400.
const EXAMPLES: readonly Example[] = [
  {
    name: '1: one empty host',
    hosts: many(1, {}),
    spec: 'web=250:400',
    pooled: [{ capacity: 2, idle: 1 }],
    exact: { capacity: 2, idle: 1 },
  },
  {
    name: '2: one task',
    hosts: many(1, { cpu: 774, memory: 593 }),
    spec: 'web=250:400',
    pooled: [{ capacity: 1, idle: 0.5 }],
    exact: { capacity: 1, idle: 0.5 },
  },
  {
    name: '3: two tasks',
    hosts: many(1, { cpu: 524, memory: 193 }),
    spec: 'web=250:400',
    pooled: [{ capacity: 0, idle: 0 }],
    exact: { capacity: 0, idle: 0 },
  },
  {
    name: '4: one task, and an empty host',
    hosts: [...many(1, { cpu: 774, memory: 593 }), ...many(1, {})],
    spec: 'web=250:400',
    pooled: [{ capacity: 3, idle: 1.5 }],
    exact: { capacity: 3, idle: 1.5 },
  },
  {
    name: '5: short of CPU',
    hosts: many(2, { ...small, cpu: 600, memory: 800 }),
    spec: 'web=400:200',
    pooled: [{ capacity: 2, idle: 1 }],
    exact: { capacity: 2, idle: 1 },
  },
  {
    name: '6: fragmented, so that nothing fits anywhere',
    hosts: [...many(2, { cpu: 1024, memory: 193 }), ...many(2, { cpu: 24, memory: 993 })],
    spec: 'web=250:400',
    pooled: [{ capacity: 4, idle: 2 }],
    exact: { capacity: 0, idle: 0 },
  },
  {
    name: '7: a small and a large host, both empty',
    hosts: [{ id: 'small' }, { id: 'large', ...large }],
    spec: 'web=250:400',
    pooled: [
      { capacity: 20, idle: 5, reference: 'small' },
      { capacity: 20, idle: 39 / 37, reference: 'large' },
    ],
    exact: { capacity: 18, idle: 2 },
  },
  {
    name: '8: a small host full, a large one partly',
    hosts: [
      { id: 'small', cpu: 24, memory: 193 },
      { id: 'large', ...large, cpu: 1500, memory: 2000 },
    ],
    spec: 'web=250:400',
    pooled: [
      { capacity: 5, idle: 1.5, reference: 'small' },
      { capacity: 5, idle: 5 / 37, reference: 'large' },
    ],
    exact: { capacity: 5, idle: 5 / 16 },
  },
  {
    name: '9: every host draining',
    hosts: many(3, { status: 'DRAINING' }),
    spec: 'web=250:400',
    pooled: [{ capacity: 0, idle: 0 }],
    exact: { capacity: 0, idle: 0 },
  },
  { name: '9b: no host', hosts: [], spec: 'web=250:400', pooled: [{ capacity: 0, idle: 0 }], exact: { capacity: 0, idle: 0 } },
  {
    name: '10: a task larger than the host',
    hosts: many(1, {}),
    spec: 'web=2048:400',
    pooled: [{ capacity: 0, idle: null }],
    exact: { capacity: 0, idle: 0 },
  },
  {
    name: '11: 150 hosts, more than a page',
    hosts: [...many(100, { cpu: 24, memory: 193 }), ...many(50, {})],
    spec: 'web=250:400',
    pooled: [{ capacity: 100, idle: 50 }],
    exact: { capacity: 100, idle: 50 },
  },
];

describe.each(EXAMPLES)('example $name', ({ hosts, spec, pooled, exact }) => {
  const stdin = JSON.stringify(described(hosts));
  const eligible = hosts.filter((host) => host.status !== 'DRAINING').length;

  it('counts exactly', async () => {
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', spec, '--json'], { stdin });
    const answer = capacityAnswer(ran);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(answer).toMatchObject({
      cluster: hosts.length === 0 ? null : 'demo',
      method: 'exact',
      hosts: { registered: hosts.length, eligible },
      containerCapacity: exact.capacity,
    });
    expect(answer.idleHostCapacity).toBeCloseTo(exact.idle, 12);
    expect(answer.taskSizes[0]).toMatchObject({ name: 'web', containerCapacity: exact.capacity, precision: 'exact', notes: [] });
  });

  it.each(pooled)('pools to $capacity and $idle with reference host $reference', async ({ capacity, idle, reference }) => {
    const named = reference === undefined ? [] : ['--reference-host', hostArn({ id: reference })];
    const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', spec, '--method', 'pooled', '--json', ...named], { stdin });
    const answer = capacityAnswer(ran);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(answer).toMatchObject({ method: 'pooled', containerCapacity: capacity });
    if (idle === null) expect(answer.idleHostCapacity).toBeNull();
    else expect(answer.idleHostCapacity).toBeCloseTo(idle, 12);
    expect(answer.taskSizes[0]?.precision).toBe('upperBound');
    expect(answer.taskSizes[0]?.notes.join()).toContain('sums over hosts');
  });
});

it('says why idle capacity has no number where the formula divides by zero', async () => {
  const stdin = JSON.stringify(described([{ id: 'only' }]));
  const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'web=2048:400', '--method', 'pooled', '--json'], { stdin });
  expect(capacityAnswer(ran).taskSizes[0]?.notes).toContainEqual(
    `idle host capacity divides by zero: reference host ${hostArn({ id: 'only' })} holds 0 of these tasks by CPU`,
  );
});

it('takes the first host of the input as reference host unless one is named', async () => {
  const hosts = [{ id: 'large', ...large }, { id: 'small' }];
  const ran = await runProgram(['capacity', '--snapshot', '-', '--task-size', 'web=250:400', '--method', 'pooled', '--json'], {
    stdin: JSON.stringify(described(hosts)),
  });
  expect(capacityAnswer(ran).idleHostCapacity).toBeCloseTo(39 / 37, 12);
});
