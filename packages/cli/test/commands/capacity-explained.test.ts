import { capacityAnswer } from '../helpers/answers.js';
import { type Ran, runProgram } from '../helpers/program.js';
import { clusterArn, described, event, type HostNumbers, hostArn, oldHostArn, record, taskEvent } from '../helpers/records.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
const HOSTS: readonly HostNumbers[] = [
  { id: 'a', memory: 500 },
  { id: 'b', memory: 700 },
  { id: 'c', memory: 799, tcp: [8080] },
];
const TASK_ARN = 'arn:aws:ecs:us-east-1:111122223333:task/demo/';

const file = (value: unknown): string => files.write(typeof value === 'string' ? value : JSON.stringify(value));
const definition = (fields: object = {}): object => ({
  taskDefinition: { family: 'web', containerDefinitions: [{ name: 'app', cpu: 250, memory: 400 }], ...fields },
});
const capacity = (hosts: readonly unknown[], ...more: string[]): Promise<Ran> =>
  runProgram(['capacity', '--snapshot', file({ containerInstances: hosts, failures: [] }), ...more]);
const records = HOSTS.map(record);
const withType = (host: HostNumbers, ...more: object[]): object => ({
  ...record(host),
  attributes: [{ name: 'ecs.instance-type', value: 'c5.large' }, ...more],
});

describe('--explain', () => {
  it('says in JSON what stops one more, and on how many hosts', async () => {
    const ran = await capacity(records, '--task-size', 'big=250:800', '--explain', '--json');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(capacityAnswer(ran).taskSizes).toMatchObject([
      {
        name: 'big',
        explanation: {
          sentence: 'no host has 800 MiB free; 3 of 3 hosts are short of MEMORY',
          reasons: [{ reason: 'MEMORY', hosts: 3 }],
        },
      },
    ]);
  });

  it('says it under the table', async () => {
    const ran = await capacity(records, '--task-size', 'web=250:600,tcp=8080', '--explain');
    expect(ran.stdout).toContain('\nweb: 1 more on 1 host; then 2 of 3 hosts are short of MEMORY, 2 have tcp/8080 taken\n');
  });

  it('is left out where it is not asked for', async () => {
    const answer = capacityAnswer(await capacity(records, '--task-size', 'web=250:400', '--json'));
    expect(answer.taskSizes[0]).not.toHaveProperty('explanation');
  });

  it.each([['--explain'], ['--tasks'], ['--headroom'], ['--group'], ['--daemon']])(
    '%s has no use with the pooled method',
    async (option) => {
      const ran = await capacity(
        records,
        '--task-size',
        'web=250:400',
        '--method',
        'pooled',
        option,
        ...(option === '--explain' ? [] : ['x']),
      );
      expect(ran).toMatchObject({ status: 2, stdout: '', stderr: `plimsoll: ${option} has no use with the pooled method: leave it out\n` });
    },
  );
});

describe('--task-definition', () => {
  it('gives sizes after those of --task-size, under the names of their families', async () => {
    const two = file(`${JSON.stringify(definition({ family: 'cron' }))}\n${JSON.stringify(definition({ family: 'batch' }))}`);
    const ran = await capacity(
      records,
      '--task-definition',
      file(definition()),
      '--task-definition',
      two,
      '--task-size',
      'small=1:1',
      '--json',
    );
    expect(capacityAnswer(ran).taskSizes.map(({ name }) => name)).toEqual(['small', 'web', 'cron', 'batch']);
  });

  it('counts what it asks for: platform, constraints, network interfaces', async () => {
    const hosts = [withType({ id: 'a' }, { name: 'ecs.cpu-architecture', value: 'arm64' }), withType({ id: 'b' })];
    const only = definition({
      networkMode: 'awsvpc',
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      containerDefinitions: [{ memory: 100 }],
    });
    const ran = await capacity(hosts, '--task-definition', file(only), '--explain', '--json');
    // An empty c5.large takes two tasks with a network interface of their own.
    expect(capacityAnswer(ran).taskSizes).toMatchObject([
      {
        containerCapacity: 2,
        binding: 'ENI',
        precision: 'exact',
        explanation: {
          reasons: [
            { reason: 'ENI', hosts: 1 },
            { reason: 'ATTRIBUTE', hosts: 1 },
          ],
        },
      },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'hosts',
      described(HOSTS),
      /^plimsoll: \S+:1: this is what `aws ecs describe-container-instances` prints: give what `aws ecs describe-task-definition` prints\n$/,
    ],
    ['tasks', { tasks: [] }, /:1: this is what `aws ecs describe-tasks` prints: give/],
    ['an event', taskEvent(), /:1: this is an event of ECS Task State Change: give/],
    ['a list', [definition()], /:1: this is an array: give/],
    ['null', null, /:1: this is null: give/],
    ['another document', { a: 1 }, /:1: this is an object with a: give/],
    ['no family', { containerDefinitions: [] }, /:1: family is missing: give the whole task definition/],
    ['an empty task definition', { taskDefinition: null }, /:1: taskDefinition is null: expected a task definition/],
    [
      'tasks for Fargate alone',
      definition({ compatibilities: ['FARGATE'] }),
      /^plimsoll: \S+:1: taskDefinition\.compatibilities is FARGATE alone, so no container instance takes its tasks: give one that is fit for EC2\n$/,
    ],
    ['nothing', '', /^plimsoll: \S+ is empty: give what `aws ecs describe-task-definition` prints\n$/],
    ['no JSON', '{"a": tru', /^plimsoll: \S+:1:\d+: /],
    [
      'a bad expression',
      definition({ placementConstraints: [{ type: 'memberOf', expression: 'attribute:a = b' }] }),
      /placementConstraints\[0\]\.expression is refused: /,
    ],
  ])('is refused when it holds %s', async (_, value, message) => {
    const ran = await capacity(records, '--task-definition', file(value));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });

  it('is refused where two sizes share a name, and where one file is given twice', async () => {
    const web = file(definition());
    expect((await capacity(records, '--task-definition', web, '--task-size', 'web=1:1')).stderr).toBe(
      'plimsoll: two task sizes share the name web: give each a name of its own\n',
    );
    expect((await capacity(records, '--task-definition', web, '--task-definition', web)).stderr).toBe(
      `plimsoll: ${web} is given twice: name each file once\n`,
    );
  });
});

describe('--tasks', () => {
  const task = (id: string, fields: object = {}): object => ({
    taskArn: `${TASK_ARN}${id}`,
    containerInstanceArn: hostArn({ id: 'a' }),
    lastStatus: 'RUNNING',
    version: 2,
    attachments: [{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }],
    ...fields,
  });
  const own = definition({ networkMode: 'awsvpc', containerDefinitions: [{ memory: 100 }] });
  const counted = async (tasks: unknown, ...more: string[]): Promise<unknown> => {
    const ran = await capacity(
      [withType({ id: 'a', memory: 900 })],
      '--task-definition',
      file(own),
      ...more,
      ...(tasks === undefined ? [] : ['--tasks', file(tasks)]),
      '--json',
    );
    const [size] = capacityAnswer(ran).taskSizes;
    return [size?.containerCapacity, size?.precision];
  };

  it('make an answer exact that is an upper bound without them', async () => {
    expect(await counted(undefined)).toEqual([2, 'upperBound']);
    expect(await counted({ tasks: [task('1')], failures: [] })).toEqual([1, 'exact']);
    expect(await counted({ tasks: [task('1'), task('2')] })).toEqual([0, 'exact']);
  });

  it('are read from records and from events, the newest of each', async () => {
    const stopped = { 'detail-type': 'ECS Task State Change', detail: task('1', { lastStatus: 'STOPPED', version: 3 }) };
    expect(await counted([task('1'), stopped, task('1')])).toEqual([2, 'exact']);
    expect(await counted(`${JSON.stringify(stopped)}\n${JSON.stringify({ tasks: [task('1')] })}`)).toEqual([2, 'exact']);
  });

  it.each<[string, unknown, string]>([
    [
      'hosts',
      described(HOSTS),
      ':1: this is what `aws ecs describe-container-instances` prints: give what `aws ecs describe-tasks` prints',
    ],
    ['a task definition', definition(), ':1: this is what `aws ecs describe-task-definition` prints: give'],
    ['a list of ARNs', { taskArns: ['arn:x'] }, ':1: this is what `aws ecs list-tasks` prints: give'],
    ['a nested array', [[task('1')]], ':1: this is an array: give'],
    ['a number', 7, ':1: this is a number: give'],
    ['an unknown object', { tasks: null }, ':1: this is an object with tasks: give'],
    [
      'events of hosts alone',
      [event({ id: 'a' }), event({ id: 'b' }), { 'detail-type': 'ECS Service Action' }],
      ' holds only events about something other than tasks (2 × ECS Container Instance State Change, 1 × ECS Service Action): give what',
    ],
    ['events of hosts among those of tasks', [event({ id: 'a' }), taskEvent()], ''],
    ['no task', { tasks: [] }, ''],
    ['no event', [], ''],
    ['a failure without a reason', { tasks: [], failures: [{ arn: 'x' }] }, 'a task was not described (without reason): describe it again'],
    ['a task without status', { tasks: [{ taskArn: 'x' }] }, 'lastStatus is missing'],
    [
      'a task that was not described',
      { tasks: [], failures: [{ arn: 'x', reason: 'ACCESS_DENIED' }] },
      'a task was not described (ACCESS_DENIED)',
    ],
    ['an event of a task', taskEvent(), ''],
  ])('with %s', async (_, value, message) => {
    const ran = await capacity(records, '--task-size', 'web=1:1', '--tasks', file(value));
    expect(ran.status).toBe(message === '' ? 0 : 2);
    expect(ran.stderr).toContain(message);
  });
});

describe('--tasks of another cluster', () => {
  const task = (cluster: string, id = '1'): object => ({
    taskArn: `${TASK_ARN}${id}`,
    clusterArn: clusterArn(cluster),
    containerInstanceArn: hostArn({ id: 'a' }),
    lastStatus: 'RUNNING',
    version: 2,
  });
  const stderrOf = async (hosts: readonly unknown[], tasks: readonly object[]): Promise<string> =>
    (await capacity(hosts, '--task-size', 'web=1:1', '--tasks', file({ tasks }))).stderr;

  it('are refused: their hosts would seem empty', async () => {
    expect(await stderrOf(records, [task('other')])).toBe(
      'plimsoll: the tasks and the hosts are of two clusters, other and demo: give one cluster at a time\n',
    );
    expect(await stderrOf(records, [task('demo'), task('other', '2')])).toBe(
      'plimsoll: the tasks are of clusters demo and other: give one cluster at a time\n',
    );
  });

  it('are not, where both are of one, or the hosts do not tell', async () => {
    expect(await stderrOf(records, [task('demo')])).toBe('');
    expect(await stderrOf([{ ...record({ id: 'a' }), containerInstanceArn: oldHostArn('a') }], [task('other')])).toBe('');
    expect(await stderrOf([], [task('other')])).toBe('');
  });

  it('are told by their ARNs where the clusters share a name', async () => {
    const far = { ...task('demo'), clusterArn: clusterArn('demo').replace('us-east-1', 'eu-west-1') };
    expect(await stderrOf(records, [far])).toContain(`two clusters, ${far.clusterArn} and ${clusterArn('demo')}:`);
  });
});

describe('--group', () => {
  const constrained = definition({ placementConstraints: [{ type: 'memberOf', expression: 'not(not(task:group == service:shop))' }] });
  const running = {
    taskArn: `${TASK_ARN}1`,
    containerInstanceArn: hostArn({ id: 'a' }),
    group: 'service:web',
    lastStatus: 'RUNNING',
    version: 1,
  };
  const distinct = (...more: string[]): Promise<Ran> =>
    capacity(
      [record({ id: 'a', memory: 900 })],
      '--task-definition',
      file(
        definition({
          family: 'web-task',
          placementConstraints: [{ type: 'memberOf', expression: 'attribute:x !exists and not(task:group == service:web)' }],
        }),
      ),
      '--tasks',
      file({ tasks: [{ ...running, group: 'service:other' }] }),
      ...more,
      '--json',
    );

  it('says what group a constraint compares, and without it which one that is', async () => {
    const [guessed] = capacityAnswer(await distinct()).taskSizes;
    expect(guessed).toMatchObject({
      containerCapacity: 2,
      notes: [
        'the constraints of web-task compare groups, and family:web-task is that of no service: give --group web-task=service:SERVICE',
      ],
    });
    const [named] = capacityAnswer(await distinct('--group', 'web-task=service:web')).taskSizes;
    expect(named).toMatchObject({ containerCapacity: 1, precision: 'exact', notes: [] });
  });

  it('is asked for under the table, and only where a constraint compares groups', async () => {
    const asking = await capacity(records, '--task-definition', file(constrained));
    expect(asking.stdout).toContain('\nnote: the constraints of web compare groups, and family:web is that of no service');
    const zone = definition({ placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b or attribute:c exists' }] });
    expect((await capacity(records, '--task-definition', file(zone))).stdout).not.toContain('note:');
  });

  it.each([
    [['web'], 'group "web" is not NAME=GROUP: write one such as web=service:web'],
    [['web='], 'group "web=" is not NAME=GROUP: write one such as web=service:web'],
    [['cron=service:cron'], 'group "cron=service:cron" names no task size: use one of web'],
    [['web=service:a', 'web=service:b'], 'group of web is given twice: give it once'],
  ])('%j is refused', async (specs, message) => {
    const ran = await capacity(records, '--task-size', 'web=1:1', ...specs.flatMap((spec) => ['--group', spec]));
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: `plimsoll: ${message}\n` });
  });
});

describe('--daemon', () => {
  const WITH = ['--task-size', 'web=250:400', '--task-size', 'agent=100:193', '--daemon', 'agent', '--json'];
  const agent = (group: string): object => ({
    taskArn: `${TASK_ARN}1`,
    containerInstanceArn: hostArn({ id: 'a' }),
    group,
    lastStatus: 'RUNNING',
    cpu: '100',
    memory: '193',
    version: 1,
  });
  const counted = async (host: HostNumbers, ...more: string[]): Promise<unknown> => {
    const { taskSizes, idleHostCapacity } = capacityAnswer(await capacity([record(host)], ...WITH, ...more));
    return [taskSizes.map(({ name, containerCapacity, precision }) => [name, containerCapacity, precision]), idleHostCapacity];
  };

  it('is taken off each host that has yet to start it, and is no size to count', async () => {
    expect(await counted({ id: 'a', memory: 900 }, '--tasks', file({ tasks: [] }))).toEqual([[['web', 1, 'exact']], 0.5]);
    const tasks = file({ tasks: [agent('service:agent')] });
    expect(await counted({ id: 'a', cpu: 924, memory: 800 }, '--tasks', tasks)).toEqual([[['web', 2, 'exact']], 1]);
    expect(await counted({ id: 'a', cpu: 924, memory: 800 })).toEqual([[['web', 2, 'upperBound']], 1]);
  });

  it('is of the group that is named for it', async () => {
    const tasks = file({ tasks: [agent('service:logs')] });
    expect(await counted({ id: 'a', cpu: 924, memory: 800 }, '--tasks', tasks)).toEqual([[['web', 1, 'exact']], 0.5]);
    expect(await counted({ id: 'a', cpu: 924, memory: 800 }, '--tasks', tasks, '--group', 'agent=service:logs')).toEqual([
      [['web', 2, 'exact']],
      1,
    ]);
  });

  it('may be known by its tasks alone: a host that runs no other is drainable', async () => {
    const options = ['--task-size', 'web=250:400', '--tasks', file({ tasks: [agent('service:agent')] }), '--drainable', '--json'];
    const hosts = [record({ id: 'a', cpu: 924, memory: 800 })];
    expect(capacityAnswer(await capacity(hosts, ...options)).drainable).toEqual([]);
    expect(capacityAnswer(await capacity(hosts, ...options, '--daemon', 'agent')).drainable).toEqual([hostArn({ id: 'a' })]);
  });

  it.each([
    [['agent'], 'nothing is known of daemon agent: give --task-size agent=CPU:MEMORY, a task definition of it, or --tasks'],
    [['web'], 'every task size is that of a daemon: give one to count, --task-size NAME=CPU:MEMORY'],
    [['web', 'web'], 'daemon web is given twice: give it once'],
    [['a b'], 'daemon "a b" is no name of a service'],
    [['web', 'x'], 'nothing is known of daemon x: give --task-size x=CPU:MEMORY, a task definition of it, or --tasks'],
  ])('%j is refused', async (names, message) => {
    const ran = await capacity(records, '--task-size', 'web=1:1', ...names.flatMap((name) => ['--daemon', name]));
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: `plimsoll: ${message}\n` });
  });
});

it('says at most where the number is an upper bound', async () => {
  const own = file(definition({ networkMode: 'awsvpc', containerDefinitions: [{ memory: 100 }] }));
  const host = withType({ id: 'a', memory: 900 });
  expect((await capacity([host], '--task-definition', own)).stdout).toContain('room for at most 2 more tasks of web, on 1 eligible host');
  expect((await capacity([host], '--task-definition', own, '--tasks', file({ tasks: [] }))).stdout).toContain(
    'room for 2 more tasks of web',
  );
});

describe('--headroom', () => {
  it.each([
    [['web=2'], 0, ''],
    [['web'], 2, 'plimsoll: headroom "web" is not NAME=N: write one such as web=2\n'],
    [['web=-1'], 2, 'plimsoll: headroom "web=-1" is not NAME=N: write one such as web=2\n'],
    [['web=1.5'], 2, 'plimsoll: headroom "web=1.5" is not NAME=N: write one such as web=2\n'],
    [['cron=1'], 2, 'plimsoll: headroom "cron=1" names no task size: use one of web\n'],
    [['web=1', 'web=2'], 2, 'plimsoll: headroom of web is given twice: give it once\n'],
    [['web=99999999999'], 2, 'plimsoll: headroom "web=99999999999" asks for more than 999999999 tasks: ask for fewer\n'],
  ])('%j ends with %d', async (specs, status, stderr) => {
    const ran = await capacity(records, '--task-size', 'web=250:400', '--drainable', ...specs.flatMap((spec) => ['--headroom', spec]));
    expect(ran).toMatchObject({ status, stderr });
  });

  it('is refused where nothing is made of it', async () => {
    const ran = await capacity(records, '--task-size', 'web=250:400', '--headroom', 'web=1');
    expect(ran).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'plimsoll: --headroom has no use by itself: add --drainable or --hosts-needed, or leave it out\n',
    });
  });
});
