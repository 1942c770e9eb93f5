import { decideCluster } from '../src/decide-cluster.js';
import { decideScaleIn } from '../src/decide-scale-in.js';
import { DEFAULT_SCALE_IN_PATIENCE } from '../src/dispensable-hosts.js';
import { recentRemovals } from '../src/recent-removals.js';
import { scaleIn } from '../src/scale-in.js';
import { host } from './helpers/hosts.js';
import { recordingLogger } from './helpers/recording-logger.js';
import { size } from './helpers/task-sizes.js';
import { task } from './helpers/tasks.js';

const CONFIGURATION = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining: 1, dryRun: false, balanceZones: false };
const NOW = 1_000_000;
const NOW_MINUTE = 960_000;
const web = size('web', 1024);

/** A cluster of idle hosts, which must keep room for `headroom` tasks. */
const cluster = (
  count: number,
  { headroom = 0, status = 'ACTIVE', tasks = [] as unknown[] | undefined, staying = new Set<string>() as ReadonlySet<string> } = {},
) =>
  decideCluster({
    staying,
    records: Array.from({ length: count }, (_, index) => ({
      ...host(index + 1, index === 0 ? { status } : {}),
      ec2InstanceId: `i-${index + 1}`,
      runningTasksCount: 0,
      pendingTasksCount: 0,
    })),
    updates: [],
    taskSizes: [{ ...web, headroom }],
    ...(tasks === undefined ? {} : { tasks }),
  });

describe('scaleIn', () => {
  let sent: Array<{ readonly operation: string; readonly input: unknown }>;
  let logger: ReturnType<typeof recordingLogger>;
  let removals: ReturnType<typeof recentRemovals>;
  let alarms: ReadonlyArray<{ readonly StateValue: string }>;
  let failing: string | undefined;
  let instances: (id: string) => object | undefined;
  let needed: readonly number[];
  const inService = (InstanceId: string) => ({
    InstanceId,
    AutoScalingGroupName: 'hosts',
    LifecycleState: 'InService',
    ProtectedFromScaleIn: false,
  });
  beforeEach(() => {
    instances = inService;
    sent = [];
    logger = recordingLogger();
    removals = recentRemovals();
    alarms = [{ StateValue: 'ALARM' }];
    failing = undefined;
    needed = [];
  });

  const client = {
    send: async (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
      const operation = command.constructor.name.replace('Command', '');
      sent.push({ operation, input: command.input });
      if (operation === failing) throw Object.assign(new RangeError('no'), { name: 'ScalingActivityInProgressFault' });
      if (operation === 'DescribeAlarms') return { MetricAlarms: alarms };
      if (operation === 'GetMetricData') return { MetricDataResults: ['occupied', 'needed'].map(pastOf) };
      const { InstanceIds = [] } = command.input as { readonly InstanceIds?: readonly string[] };
      return { AutoScalingInstances: InstanceIds.flatMap((InstanceId) => instances(InstanceId) ?? []) };
    },
  };
  /** What each of the minutes before this one needed, the last first. */
  const pastOf = (Id: string) => ({
    Id,
    StatusCode: 'Complete',
    Timestamps: needed.map((_, index) => new Date(NOW_MINUTE - (index + 1) * 60_000)),
    Values: needed,
  });
  const run = (decision: ReturnType<typeof cluster>, changed = {}, nowMillis = NOW) =>
    scaleIn({ cloudWatch: client, autoScaling: client, logger, removals } as unknown as Parameters<typeof scaleIn>[0], {
      clusterName: 'demo',
      configuration: { ...CONFIGURATION, ...changed },
      namespace: 'Plimsoll/ECS',
      decision,
      readAtMillis: nowMillis - 100,
      nowMillis,
      abortSignal: new AbortController().signal,
    });
  const operations = () => sent.map(({ operation }) => operation);

  test('removes the first drainable host by name, with the desired count lowered', async () => {
    await run(cluster(2));
    expect(sent).toEqual([
      { operation: 'DescribeAlarms', input: { AlarmNames: ['drainable'] } },
      { operation: 'DescribeAutoScalingInstances', input: { InstanceIds: ['i-1', 'i-2'], MaxRecords: 50 } },
      { operation: 'TerminateInstanceInAutoScalingGroup', input: { InstanceId: 'i-1', ShouldDecrementDesiredCapacity: true } },
    ]);
    expect(logger.lines).toMatchObject([{ level: 'info', message: 'host removed', fields: { cluster: 'demo', ec2InstanceId: 'i-1' } }]);
  });

  test.each([
    ['OK', [{ StateValue: 'OK' }]],
    ['INSUFFICIENT_DATA', [{ StateValue: 'INSUFFICIENT_DATA' }]],
    ['not there', []],
  ])('leaves all hosts while the alarm is %s', async (_, found) => {
    alarms = found;
    await run(cluster(2));
    expect(operations()).toEqual(['DescribeAlarms']);
    expect(logger.lines).toMatchObject([{ message: 'no host removed', fields: { because: 'ALARM_NOT_RAISED' } }]);
  });

  test.each([
    ['hosts are short', cluster(1, { headroom: 3 }), 'HOSTS_SHORT'],
    ['a host drains', cluster(3, { status: 'DRAINING' }), 'ENOUGH_DRAINING'],
    ['every host is needed', cluster(1, { headroom: 2 }), 'NONE_DRAINABLE'],
    ['there is no host', cluster(0), 'NONE_DRAINABLE'],
  ])('asks nothing when %s', async (_, decision, because) => {
    await run(decision);
    expect(operations()).toEqual([]);
    expect(logger.lines).toMatchObject([{ message: 'no host removed', fields: { because } }]);
  });

  test('lets more hosts drain at once where that is configured', async () => {
    await run(cluster(3, { status: 'DRAINING' }), { maxDraining: 2 });
    expect(sent.at(-1)).toMatchObject({ input: { InstanceId: 'i-2' } });
  });

  test('removes as many at once as may still drain, in the order of the proof', async () => {
    const decision = cluster(5, { status: 'DRAINING' });
    await run(decision, { maxDraining: 3 });
    expect(decision.scaling.drainable.containerInstanceArns).toHaveLength(4);
    expect(sent.slice(2)).toMatchObject([{ input: { InstanceId: 'i-2' } }, { input: { InstanceId: 'i-3' } }]);
    await run(decision, { maxDraining: 3 }, NOW + 60_000);
    expect(logger.lines.at(-1)).toMatchObject({ fields: { because: 'ENOUGH_DRAINING' } });
  });

  test('removes no more hosts than can be emptied together', async () => {
    await run(cluster(4, { headroom: 3 }), { maxDraining: 10 });
    expect(operations().filter((operation) => operation.startsWith('Terminate'))).toHaveLength(2);
  });

  test('tries no further host after a refusal', async () => {
    failing = 'TerminateInstanceInAutoScalingGroup';
    await run(cluster(4), { maxDraining: 3 });
    expect(operations()).toEqual(['DescribeAlarms', 'DescribeAutoScalingInstances', 'TerminateInstanceInAutoScalingGroup']);
  });

  test('stops before a host that Auto Scaling does not have in service: what follows is proved only after it', async () => {
    instances = (id) => (id === 'i-2' ? { ...inService(id), ProtectedFromScaleIn: true } : inService(id));
    await run(cluster(4), { maxDraining: 3 });
    expect(sent.slice(2)).toMatchObject([{ input: { InstanceId: 'i-1' } }]);
    expect(sent).toHaveLength(3);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ message: 'host not removable', fields: expect.objectContaining({ because: 'PROTECTED' }) }),
    );
  });

  test('stops before a host that no group has', () => {
    const decision = cluster(3);
    const hosts = decision.hosts.map(({ ec2InstanceId, ...host }) =>
      ec2InstanceId === 'i-2' ? host : { ...host, ec2InstanceId: ec2InstanceId ?? '' },
    );
    const configuration = { ...CONFIGURATION, maxDraining: 3 };
    const decided = decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling: decision.scaling, going: new Set() });
    expect(decided).toMatchObject({ kind: 'remove', ec2InstanceId: 'i-1', others: [] });
  });

  test('lets no more go than were not needed lately', () => {
    const { hosts, scaling } = cluster(4);
    const configuration = { ...CONFIGURATION, maxDraining: 3 };
    const decided = (dispensable: number) =>
      decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling, going: new Set(), dispensable });
    expect(decided(0)).toEqual({ kind: 'stay', because: 'NEEDED_LATELY' });
    expect(decided(2)).toMatchObject({ kind: 'remove', ec2InstanceId: 'i-1', others: [{ ec2InstanceId: 'i-2' }] });
    expect(decided(9)).toMatchObject({ others: { length: 2 } });
  });

  describe('with patience', () => {
    const PATIENT = { alarmName: undefined, maxDraining: 10, patience: DEFAULT_SCALE_IN_PATIENCE };
    const removed = () => sent.filter(({ operation }) => operation.startsWith('Terminate')).length;
    const last = () => logger.lines.at(-1);

    test('asks once what the last hour needed, in place of the alarm', async () => {
      await run(cluster(2), PATIENT);
      const metric = (Id: string, MetricName: string) => ({
        Id,
        MetricStat: {
          Metric: { Namespace: 'Plimsoll/ECS', MetricName, Dimensions: [{ Name: 'ClusterName', Value: 'demo' }] },
          Period: 60,
          Stat: 'Maximum',
        },
      });
      expect(sent).toEqual([
        {
          operation: 'GetMetricData',
          input: {
            MetricDataQueries: [metric('occupied', 'OccupiedHosts'), metric('needed', 'NeededHosts')],
            StartTime: new Date(NOW_MINUTE - 59 * 60_000),
            EndTime: new Date(NOW),
            ScanBy: 'TimestampAscending',
          },
        },
      ]);
      expect(last()).toMatchObject({ message: 'no host removed', fields: { because: 'NEEDED_LATELY' } });
    });

    test.each([
      ['all, where none was needed for a quarter of an hour', Array(14).fill(0), 4],
      ['none, of which all were needed three minutes ago', [0, 0, 4, ...Array(11).fill(0)], 0],
      ['all but one, of which all were needed five minutes ago', [0, 0, 0, 0, 4, ...Array(9).fill(0)], 3],
      ['those beyond what the quarter of an hour needed', Array(14).fill(3), 1],
      ['all but one, of which no more is known than four minutes', [0, 0, 0], 3],
      ['none, of which two minutes are known', [0, 0], 0],
      ['none, of which nothing is known', [], 0],
    ])('lets go %s', async (_, past, count) => {
      needed = past;
      await run(cluster(4), PATIENT);
      expect(removed()).toBe(count);
      if (count === 0) expect(last()).toMatchObject({ fields: { because: 'NEEDED_LATELY' } });
    });

    test('lets no more go than may drain', async () => {
      needed = Array(60).fill(0);
      await run(cluster(4, { status: 'DRAINING' }), { ...PATIENT, maxDraining: 3 });
      expect(removed()).toBe(2);
    });

    test('asks nothing where nothing could go', async () => {
      await run(cluster(1, { headroom: 3 }), PATIENT);
      expect(operations()).toEqual([]);
      expect(last()).toMatchObject({ fields: { because: 'HOSTS_SHORT' } });
    });

    test('lets none go where CloudWatch refuses, and says why', async () => {
      failing = 'GetMetricData';
      needed = Array(60).fill(0);
      await run(cluster(4), PATIENT);
      expect(operations()).toEqual(['GetMetricData']);
      expect(logger.lines).toMatchObject([
        { level: 'error', message: 'demand not read', fields: { cluster: 'demo', error: { code: 'DEMAND_READ_FAILED' } } },
        { message: 'no host removed', fields: { because: 'DEMAND_UNKNOWN' } },
      ]);
    });

    test('lets none go by a decision that was not told what is dispensable, whatever an alarm says', () => {
      const { hosts, scaling } = cluster(2);
      const configuration = { ...CONFIGURATION, patience: DEFAULT_SCALE_IN_PATIENCE };
      const decided = decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling, going: new Set() });
      expect(decided).toEqual({ kind: 'stay', because: 'NEEDED_LATELY' });
    });
  });

  test('only says what it would do in a dry run', async () => {
    await run(cluster(2), { dryRun: true });
    expect(operations()).toEqual(['DescribeAlarms', 'DescribeAutoScalingInstances']);
    expect(logger.lines).toMatchObject([{ message: 'host would be removed', fields: { ec2InstanceId: 'i-1', because: 'dry run' } }]);
  });

  test.each([
    ['is in another group', { AutoScalingGroupName: 'others' }, 'OTHER_GROUP'],
    ['is in no group', undefined, 'OTHER_GROUP'],
    ['is on its way in', { LifecycleState: 'Pending:Wait' }, 'NOT_IN_SERVICE'],
    ['is on standby', { LifecycleState: 'Standby' }, 'NOT_IN_SERVICE'],
    ['is protected from scale-in', { ProtectedFromScaleIn: true }, 'PROTECTED'],
  ])('leaves a host that %s, and names another the next time', async (_, changed, because) => {
    instances = (id) => (id === 'i-2' ? inService(id) : changed && { ...inService(id), ...changed });
    const decision = cluster(2);
    await run(decision);
    expect(operations()).not.toContain('TerminateInstanceInAutoScalingGroup');
    const [first] = decision.scaling.drainable.containerInstanceArns;
    expect(logger.lines).toMatchObject([
      { level: 'warn', message: 'host not removable', fields: { because, containerInstanceArn: first, alike: 1 } },
      { message: 'no host removed', fields: { because: 'NOT_REMOVABLE' } },
    ]);
    expect([...removals.staying(NOW + 60_000)]).toEqual([first]);
    expect(removals.isPaused(NOW + 60_000)).toBe(false);
  });

  test('learns of all hosts of another group at once, fifty a call', async () => {
    instances = (id) => (Number(id.slice(2)) <= 55 ? { ...inService(id), AutoScalingGroupName: 'others' } : inService(id));
    const decision = cluster(60);
    await run(decision);
    expect(sent.slice(1)).toMatchObject([{ input: { InstanceIds: { length: 50 } } }, { input: { InstanceIds: { length: 10 } } }]);
    const drainable = decision.scaling.drainable.containerInstanceArns;
    const others = new Set(decision.hosts.slice(0, 55).map(({ containerInstanceArn }) => containerInstanceArn));
    expect([...removals.staying(NOW + 1)].sort()).toEqual(drainable.filter((arn) => others.has(arn)).sort());
  });

  test('asks Auto Scaling about no host that is no EC2 instance', async () => {
    const decision = cluster(3);
    const hosts = decision.hosts.map((one) => (one.ec2InstanceId === 'i-3' ? { ...one, ec2InstanceId: 'mi-0123456789abcdef0' } : one));
    await run({ ...decision, hosts });
    expect(sent[1]).toMatchObject({ operation: 'DescribeAutoScalingInstances', input: { InstanceIds: ['i-1', 'i-2'] } });
  });

  test('fails when the group cannot be read, and removes nothing', async () => {
    failing = 'DescribeAutoScalingInstances';
    await expect(run(cluster(2))).rejects.toMatchObject({
      code: 'SCALE_IN_FAILED',
      message: expect.stringContaining('DescribeAutoScalingInstances of 2 hosts'),
    });
    expect(operations()).not.toContain('TerminateInstanceInAutoScalingGroup');
  });

  test('counts a host it removed as draining until ECS shows it, and not for ever', async () => {
    await run(cluster(2));
    await run(cluster(2), {}, NOW + 60_000);
    expect(operations().filter((operation) => operation.startsWith('Terminate'))).toHaveLength(1);
    expect(logger.lines.at(-1)).toMatchObject({ fields: { because: 'ENOUGH_DRAINING' } });
    await run(cluster(2), {}, NOW + 300_000);
    expect(operations().filter((operation) => operation.startsWith('Terminate'))).toHaveLength(2);
  });

  test('removes no other host while ECS still shows one active that was told to go: its room is still counted', async () => {
    // Two copies a host: of three hosts one can go, and after it none.
    const seen = (nowMillis: number) => cluster(3, { headroom: 3, staying: removals.staying(nowMillis) });
    for (let minute = 0; minute < 4; minute += 1) {
      await run(seen(NOW + minute * 60_000), { maxDraining: 2 }, NOW + minute * 60_000);
      instances = (id) => ({ ...inService(id), ...(id === 'i-1' ? { LifecycleState: 'Terminating:Wait' } : {}) });
    }
    expect(sent.filter(({ operation }) => operation.startsWith('Terminate'))).toMatchObject([{ input: { InstanceId: 'i-1' } }]);
    expect(logger.lines.at(-1)).toMatchObject({ fields: { because: 'ENOUGH_DRAINING' } });
  });

  test('removes no other host while one goes that another execution environment told to', async () => {
    instances = (id) => ({ ...inService(id), ...(id === 'i-1' ? { LifecycleState: 'Terminating:Wait' } : {}) });
    for (let minute = 0; minute < 4; minute += 1) {
      const nowMillis = NOW + minute * 60_000;
      await run(cluster(3, { headroom: 3, staying: removals.staying(nowMillis) }), {}, nowMillis);
    }
    expect(operations()).not.toContain('TerminateInstanceInAutoScalingGroup');
  });

  test('removes no host while any goes that ECS shows active, though it would name another: its room was counted', async () => {
    const decision = cluster(3, { headroom: 3 });
    expect(decision.scaling.drainable.containerInstanceArns).toEqual([decision.hosts[0]?.containerInstanceArn]);
    instances = (id) => ({ ...inService(id), ...(id === 'i-3' ? { AutoScalingGroupName: 'others', LifecycleState: 'Terminating' } : {}) });
    await run(decision);
    expect(operations()).not.toContain('TerminateInstanceInAutoScalingGroup');
    expect(logger.lines).toMatchObject([
      { message: 'hosts on their way out', fields: { ec2InstanceIds: ['i-3'] } },
      { message: 'no host removed', fields: { because: 'ENOUGH_DRAINING' } },
    ]);
    instances = inService;
    await run(decision, {}, NOW + 300_000);
    expect(sent.at(-1)).toMatchObject({ input: { InstanceId: 'i-1' } });
  });

  test('logs a refusal, and leaves that host alone for a while', async () => {
    failing = 'TerminateInstanceInAutoScalingGroup';
    const decision = cluster(2);
    await run(decision);
    expect(logger.lines).toMatchObject([
      { level: 'warn', message: 'host not removed', fields: { error: { code: 'ScalingActivityInProgressFault' } } },
    ]);
    const first = decision.scaling.drainable.containerInstanceArns[0];
    expect([...removals.staying(NOW + 1)]).toEqual([first]);
    expect([...removals.staying(NOW + 900_000)]).toEqual([]);
    expect([...removals.going(NOW + 1)]).toEqual([]);
  });

  test('tries no other host for a while after a refusal, as of a group at its minimum', async () => {
    failing = 'TerminateInstanceInAutoScalingGroup';
    await run(cluster(2));
    await run(cluster(3), {}, NOW + 299_999);
    expect(operations()).toEqual(['DescribeAlarms', 'DescribeAutoScalingInstances', 'TerminateInstanceInAutoScalingGroup']);
    expect(logger.lines.at(-1)).toMatchObject({ message: 'no host removed', fields: { because: 'REFUSED_LATELY' } });
    await run(cluster(3), {}, NOW + 300_000);
    expect(operations().filter((operation) => operation.startsWith('Terminate'))).toHaveLength(2);
  });

  test('does not count tasks that are stopping as work to place again', () => {
    const records = [host(1, { cpuUnits: 0 }), host(2, { cpuUnits: 0 })];
    const stopping = (index: number) => ({
      ...task(`stopping-${index}`, {
        containerInstanceArn: records[index]?.containerInstanceArn ?? '',
        desiredStatus: 'STOPPED',
        cpu: '2048',
      }),
      memory: '0',
    });
    const decide = (tasks: readonly unknown[]) => decideCluster({ records, updates: [], taskSizes: [web], tasks }).scaling;
    expect(decide([]).drainable.containerInstanceArns).toEqual([]);
    expect(decide([stopping(0), stopping(1)])).toMatchObject({ hostsShort: 0, drainable: { containerInstanceArns: { length: 2 } } });
  });

  test('fails when the alarm cannot be read', async () => {
    failing = 'DescribeAlarms';
    await expect(run(cluster(2))).rejects.toMatchObject({
      code: 'SCALE_IN_FAILED',
      message: expect.stringContaining('DescribeAlarms of drainable'),
    });
    expect(operations()).toEqual(['DescribeAlarms']);
  });

  test('removes nothing that is not proved', () => {
    const decision = cluster(2);
    const scaling = { ...decision.scaling, drainable: { ...decision.scaling.drainable, precision: 'upperBound' as const } };
    const observation = { configuration: CONFIGURATION, alarmState: 'ALARM' as const, hosts: decision.hosts, going: new Set<string>() };
    expect(decideScaleIn({ ...observation, scaling })).toEqual({ kind: 'stay', because: 'NOT_PROVED' });
    expect(decideScaleIn({ ...observation, scaling: decision.scaling })).toMatchObject({ kind: 'remove' });
  });

  test('removes nothing while something waits that no host makes room for', () => {
    const decision = cluster(2);
    const scaling = { ...decision.scaling, unplaceable: [{ name: 'huge', tasks: 1, reasons: [] }] };
    const observation = { configuration: CONFIGURATION, alarmState: 'ALARM' as const, hosts: decision.hosts, going: new Set<string>() };
    expect(decideScaleIn({ ...observation, scaling })).toEqual({ kind: 'stay', because: 'HOSTS_SHORT' });
  });
});
