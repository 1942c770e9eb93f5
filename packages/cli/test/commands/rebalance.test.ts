import { capacityAnswer } from '../helpers/answers.js';
import { runProgram } from '../helpers/program.js';
import { described, type HostNumbers, hostArn, record } from '../helpers/records.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
const [A, B, C]: readonly [HostNumbers, HostNumbers, HostNumbers] = [
  { id: 'a', cpu: 774, memory: 593 },
  { id: 'b' },
  { id: 'c', registeredCpu: 4096, registeredMemory: 15_000, cpu: 3596, memory: 14_000 },
];
const WEB = ['--task-size', 'web=250:400'] as const;

/** One task of 250 CPU units and 400 MiB. */
const task = (id: string, host?: HostNumbers) => ({
  taskArn: `arn:aws:ecs:us-east-1:111122223333:task/demo/${id}`,
  clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/demo',
  ...(host === undefined ? {} : { containerInstanceArn: hostArn(host) }),
  group: 'service:web',
  lastStatus: host === undefined ? 'PROVISIONING' : 'RUNNING',
  desiredStatus: 'RUNNING',
  cpu: '250',
  memory: '400',
  containers: [{ name: 'web', cpu: '250', memory: '400' }],
  version: 1,
});

const capacity = (hosts: readonly HostNumbers[], ...more: readonly string[]) =>
  runProgram(['capacity', '--snapshot', '-', ...WEB, ...more], { stdin: JSON.stringify(described(hosts)) });

describe('--drainable', () => {
  it('names the hosts whose tasks find room elsewhere, emptiest first', async () => {
    const tasks = files.write(JSON.stringify({ tasks: [task('1', A), task('2', C)] }));
    const answer = capacityAnswer(await capacity([A, B, { ...C, cpu: 3846, memory: 14_600 }], '--tasks', tasks, '--drainable', '--json'));
    expect(answer).toMatchObject({
      hosts: { eligible: 3, drainable: 2 },
      drainable: [hostArn(B), hostArn(A)],
      // Records hold no constraints, and no size names the tasks' group.
      drainablePrecision: 'upperBound',
      drainableNotes: [expect.stringMatching(/^records of tasks hold no constraints, .*--group NAME=GROUP$/)],
    });
  });

  it('keeps room for the headroom, all of it together', async () => {
    const tasks = files.write(JSON.stringify({ tasks: [task('1', A)] }));
    const answer = capacityAnswer(await capacity([A, B], '--tasks', tasks, '--headroom', 'web=2', '--drainable', '--json'));
    expect(answer).toMatchObject({ hosts: { drainable: 0 }, drainable: [] });
  });

  it('places what waits first', async () => {
    const waiting = [task('1', A), task('2'), task('3')];
    const answer = async (count: number) =>
      capacityAnswer(
        await capacity([A, B], '--tasks', files.write(JSON.stringify({ tasks: waiting.slice(0, count) })), '--drainable', '--json'),
      ).drainable;
    expect(await answer(1)).toEqual([hostArn(B)]);
    expect(await answer(2)).toEqual([hostArn(B)]);
    expect(await answer(3)).toEqual([]);
  });

  it('says at most where the tasks are unknown, and names the hosts in a line', async () => {
    const { stdout } = await capacity([A, B, C], '--drainable');
    expect(stdout).toContain('\ndrainable: at most 2 of 3 eligible hosts, in this order: b, a\n');
    expect(stdout).toContain(
      '\nnote: some of what hosts have in use is of no known task, or the record of a task lacks its CPU and memory: give every task of the cluster as it is described, --tasks FILE\n',
    );
    expect(stdout).toContain('\nnote: which tasks wait for a host is unknown: give every task of the cluster, --tasks FILE\n');
  });

  it('says nothing is unknown where nothing is', async () => {
    const tasks = files.write(JSON.stringify({ tasks: [task('1', A)] }));
    const ran = await capacity([A, B], '--tasks', tasks, '--group', 'web=service:web', '--drainable', '--json');
    expect(capacityAnswer(ran)).toMatchObject({ drainable: [hostArn(B)], drainablePrecision: 'exact', drainableNotes: [] });
  });

  it('is absent where it is not asked for', async () => {
    expect(capacityAnswer(await capacity([A, B], '--json'))).not.toHaveProperty('drainable');
  });
});

describe('--hosts-needed', () => {
  it('packs tasks, what waits and the headroom onto new hosts, beside the least that must cost', async () => {
    const tasks = files.write(JSON.stringify({ tasks: [task('1', A), task('2', C), task('3')] }));
    const ran = await capacity(
      [A, { ...C, cpu: 3846, memory: 14_600 }],
      '--tasks',
      tasks,
      '--headroom',
      'web=2',
      '--hosts-needed',
      'small=1024:993,cost=2',
      '--hosts-needed',
      'large=4096:15000,cost=9',
      '--json',
    );
    expect(capacityAnswer(ran).hostsNeeded).toMatchObject({
      hosts: 3,
      cost: 6,
      byType: [
        { hostType: 'small', hosts: 3 },
        { hostType: 'large', hosts: 0 },
      ],
      unplaceable: [],
      precision: 'estimate',
    });
  });

  it('tells of tasks that fit on no type, and why', async () => {
    const { status, stdout } = await capacity([A], '--headroom', 'web=1', '--hosts-needed', 'tiny=1024:200');
    expect(status).toBe(0);
    expect(stdout).toContain('hosts needed: none (0 hosts, cost 0; none costs less than 0, as far as is known)');
    expect(stdout).toContain('does not fit on any host type: 1 × web (MEMORY)');
  });

  describe('gives new hosts the attributes', () => {
    const type = { name: 'ecs.instance-type', value: 'm5.large' };
    const needed = async (hosts: readonly object[], fields: object, spec = 'm5.large=2048:7680'): Promise<unknown> => {
      const family = { taskDefinition: { family: 'web', containerDefinitions: [{ memory: 100 }], ...fields } };
      const options = [
        '--task-definition',
        files.write(JSON.stringify(family)),
        '--headroom',
        'web=10',
        '--tasks',
        files.write('{"tasks":[]}'),
      ];
      const snapshot = files.write(JSON.stringify({ containerInstances: hosts }));
      const ran = await runProgram(['capacity', '--snapshot', snapshot, ...options, '--hosts-needed', spec, '--json']);
      const { hosts: count, unplaceable } = capacityAnswer(ran).hostsNeeded ?? {};
      return [count, unplaceable?.flatMap(({ reasons }) => reasons)];
    };
    const having = (...attributes: readonly object[]): readonly object[] =>
      ['a', 'b'].map((id) => ({ ...record({ id }), attributes: [type, { name: 'ecs.awsvpc-trunk-id', value: id }, ...attributes] }));
    const awslogs = { name: 'com.amazonaws.ecs.capability.logging-driver.awslogs' };
    const own = { networkMode: 'awsvpc' };

    it('that all hosts have, a trunk of its own each among them', async () => {
      expect(await needed(having(awslogs), { requiresAttributes: [awslogs] })).toEqual([1, []]);
      expect(await needed(having(), { requiresAttributes: [awslogs] })).toEqual([0, ['ATTRIBUTE']]);
      expect(await needed(having().slice(1).concat(having(awslogs).slice(0, 1)), { requiresAttributes: [awslogs] })).toEqual([
        0,
        ['ATTRIBUTE'],
      ]);
      expect(await needed(having(), own)).toEqual([1, []]);
      expect(await needed([{ ...record({ id: 'a' }), attributes: [type] }], own)).toEqual([5, []]);
    });

    it('of hosts of other types where there is none, but no trunk that the type does not know', async () => {
      expect(await needed(having(awslogs), { requiresAttributes: [awslogs] }, 'c5.large=2048:3800')).toEqual([1, []]);
      expect(await needed(having(), own, 'c5.large=2048:3800')).toEqual([1, []]);
      expect(await needed(having(), own, 't3.medium=2048:3800')).toEqual([5, []]);
    });

    it('that ECS and its agent give, where there is no host', async () => {
      const runtimePlatform = { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' };
      expect(await needed([], { requiresAttributes: [awslogs], runtimePlatform })).toEqual([1, []]);
      expect(await needed([], { requiresAttributes: [{ name: 'stack', value: 'prod' }] })).toEqual([0, ['ATTRIBUTE']]);
    });
  });

  it('does not say of tasks that 10,000 hosts leave over that they fit on none', async () => {
    const { status, stdout } = await capacity([A], '--headroom', 'web=30001', '--hosts-needed', 'small=1024:800');
    expect(status).toBe(0);
    expect(stdout).toMatch(/left over by 10000 hosts, the most that are counted: \d+ × web/);
    expect(stdout).not.toContain('does not fit');
  });

  it('packs what hosts have in use as one task each where the tasks are unknown', async () => {
    const answer = capacityAnswer(await capacity([A, C], '--hosts-needed', 'small=1024:993', '--json'));
    expect(answer.hostsNeeded).toMatchObject({
      hosts: 1,
      precision: 'estimate',
      notes: [expect.stringContaining('of no known task'), expect.stringContaining('wait for a host')],
      unplaceable: [{ tasks: 1, reasons: ['MEMORY'] }],
    });
  });

  it.each([
    ['small', 'is no host type: write TYPE=CPU:MEMORY, then any of ,gpu=N ,cost=N'],
    ['small=1:2,disk=3', 'has the part "disk=3": write TYPE=CPU:MEMORY, then any of ,gpu=N ,cost=N'],
    ['small=1:2,gpu=1,gpu=2', 'names its gpu twice: write it once'],
    ['small=0:0', 'has no CPU: write what such a host registers'],
    ['small=1:0', 'has no memory: write what such a host registers'],
    ['small=1:2,cost=0', 'costs 0: write a cost above 0, or leave it out'],
    ['small=1:9999999999', 'has 9999999999 of something: write at most 2147483647'],
  ])('refuses %s', async (spec, problem) => {
    const ran = await capacity([A], '--hosts-needed', spec);
    expect(ran).toEqual({ status: 2, stdout: '', stderr: `plimsoll: host type ${JSON.stringify(spec)} ${problem}\n` });
  });

  it('refuses a type that is given twice', async () => {
    const ran = await capacity([A], '--hosts-needed', 'small=1:2', '--hosts-needed', 'small=1:3');
    expect(ran).toMatchObject({ status: 2, stderr: 'plimsoll: host type "small=1:3" is given twice: give each type once\n' });
  });
});

describe('with the pooled method', () => {
  it.each([['--drainable'], ['--hosts-needed', 'small=1:2']])('%s is refused', async (...option) => {
    const ran = await capacity([A], '--method', 'pooled', ...option);
    expect(ran).toMatchObject({ status: 2, stderr: `plimsoll: ${option[0]} has no use with the pooled method: leave it out\n` });
  });
});
