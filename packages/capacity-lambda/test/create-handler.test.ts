import type { CapacityConfiguration } from '../src/configuration/configuration.js';
import { createHandler } from '../src/create-handler.js';
import { DEFAULT_SCALE_IN_PATIENCE } from '../src/dispensable-hosts.js';
import { type AwsEndpoint, type Call, type Reply, startAwsEndpoint } from './helpers/aws-endpoint.js';
import { clientsOf } from './helpers/clients.js';
import { configurationOf } from './helpers/configuration.js';
import { host, hosts, stateChange } from './helpers/hosts.js';
import { type LogLine, recordingLogger } from './helpers/recording-logger.js';
import { batchOf } from './helpers/sqs.js';
import { size } from './helpers/task-sizes.js';
import { definition, definitionArn, service, task } from './helpers/tasks.js';

const WEB = size('web', 1024);
const BIG = size('big', 2048);
const NOW = new Date('2026-01-01T12:00:00.500Z');
const PLENTY = { getRemainingTimeInMillis: () => 60_000 };

describe('createHandler', () => {
  let endpoint: AwsEndpoint;
  let logger: ReturnType<typeof recordingLogger>;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint();
    logger = recordingLogger();
  });
  afterEach(() => endpoint.close());

  const handle = (event: unknown, context = PLENTY, url = endpoint.url) =>
    createHandler({
      ...clientsOf(url),
      clock: () => NOW,
      logger,
      configuration: configurationOf({ taskSizes: [WEB, BIG] }),
    })(event, context);
  const values = () =>
    endpoint
      .published()
      .flatMap(({ data }) =>
        data.map(({ MetricName, Dimensions, Value }) =>
          [MetricName, ...(Dimensions ?? []).map((dimension) => dimension.Value), Value].join(' '),
        ),
      );
  const refuse =
    (operation: string, error: string) =>
    (call: Call): Reply =>
      call.operation === operation ? { status: 400, error, message: 'no' } : undefined;
  const logged = (level: LogLine['level']) => logger.lines.filter((line) => line.level === level);

  test('publishes one decision for a direct event, and says so in one line', async () => {
    endpoint.clusters.set('demo', [host(1), host(2, { cpuUnits: 1024 })]);
    expect(await handle(stateChange(host(1)))).toBeUndefined();
    expect(values()).toEqual([
      'ContainerCapacity demo 1',
      'IdleHostCapacity demo 1',
      'HostsShort demo 0',
      'DrainableHosts demo 1',
      'ActiveHosts demo 2',
      'StateAgeSeconds demo 0',
      'ContainerCapacity demo web 3',
      'IdleHostCapacity demo web 1.5',
      'ContainerCapacity demo big 1',
      'IdleHostCapacity demo big 1',
    ]);
    expect(endpoint.published()[0]?.namespace).toBe('Plimsoll/ECS');
    expect(endpoint.published()[0]?.data.map(({ Timestamp }) => Timestamp)).toEqual(Array(10).fill(NOW.getTime() / 1000));
    expect(logger.lines).toEqual([
      {
        level: 'info',
        message: 'capacity published',
        fields: {
          cluster: 'demo',
          hosts: { registered: 2, eligible: 2, refused: 0, gone: 0 },
          containerCapacity: 1,
          idleHostCapacity: 1,
          hostsShort: 0,
          hostType: '2048 CPU units, 7985 MiB',
          activeHosts: 2,
          drainableHosts: 1,
          unplaced: { waiting: 0, draining: 0, headroom: 0 },
          kept: { NO_ROOM: 1 },
          unknown: ['RUNNING_TASKS_UNKNOWN', 'WAITING_TASKS_UNKNOWN'],
          taskSizes: [
            { name: 'web', containerCapacity: 3, idleHostCapacity: 1.5, binding: 'CPU', precision: 'exact' },
            { name: 'big', containerCapacity: 1, idleHostCapacity: 1, binding: 'CPU', precision: 'exact' },
          ],
          calls: { list: 1, describe: 1, tasks: 0, services: 0, putMetricData: 1, retries: 0 },
          durationMillis: 0,
        },
      },
    ]);
  });

  test('publishes zeros for a cluster without hosts', async () => {
    await handle(stateChange(host(1)));
    expect(values()).toHaveLength(10);
    expect(values().every((line) => line.endsWith(' 0'))).toBe(true);
    expect(endpoint.count('DescribeContainerInstances')).toBe(0);
  });

  test('decides once a cluster, whatever the number of its events', async () => {
    endpoint.clusters.set('demo', hosts(2)).set('other', [host(1, { cluster: 'other', cpuUnits: 0 })]);
    const events = [...Array(8)].flatMap((_, index) => [
      stateChange(host(1, { version: index })),
      stateChange(host(1, { cluster: 'other' }), 'other'),
    ]);
    expect(await handle(batchOf(...events))).toEqual({ batchItemFailures: [] });
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual([
      ...['ListContainerInstances', 'DescribeContainerInstances', 'PutMetricData'],
      ...['ListContainerInstances', 'DescribeContainerInstances', 'PutMetricData'],
    ]);
    expect(values().filter((line) => line.includes(' web '))).toEqual([
      'ContainerCapacity demo web 4',
      'IdleHostCapacity demo web 2',
      'ContainerCapacity other web 0',
      'IdleHostCapacity other web 0',
    ]);
  });

  test('lets a newer event win over what was described, and drops one about a host that is not listed', async () => {
    endpoint.clusters.set('demo', [host(1, { version: 3 })]);
    const events = [host(1, { version: 4, cpuUnits: 1024 }), host(1, { version: 2, cpuUnits: 0 }), host(9, { version: 99 })];
    await handle(batchOf(...events.map((record) => stateChange(record))));
    expect(values()).toContain('ContainerCapacity demo web 1');
  });

  test('fails only the messages it cannot parse, each with the path in one line', async () => {
    endpoint.clusters.set('demo', hosts(1));
    const broken = { ...stateChange(host(1)), detail: { ...host(1), clusterArn: 7 } };
    expect(await handle(batchOf('not json', stateChange(host(1)), broken))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(logged('error').map(({ message, fields }) => [message, fields.messageId, fields.path])).toEqual([
      ['message refused', 'message-0', 'Records[0].body'],
      ['message refused', 'message-2', 'detail.clusterArn'],
    ]);
    expect(endpoint.published()).toHaveLength(1);
  });

  test('fails every message of a cluster that could not be published, and goes on with the next', async () => {
    endpoint.intercept = (call) =>
      call.operation === 'PutMetricData' && call.raw.includes('"demo"')
        ? { status: 400, error: 'InvalidParameterValue', message: 'no' }
        : undefined;
    const other = stateChange(host(1, { cluster: 'other' }), 'other');
    expect(await handle(batchOf(stateChange(host(1)), other, stateChange(host(2))))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(logged('info').map(({ fields }) => fields.cluster)).toEqual(['other']);
    expect(logged('error')).toEqual([
      {
        level: 'error',
        message: 'decision failed',
        fields: {
          cluster: 'demo',
          messages: 2,
          error: { code: 'PUBLISH_FAILED', message: expect.stringMatching(/: InvalidParameterValue.*: no$/), cause: expect.any(String) },
        },
      },
    ]);
  });

  test.each([
    ['ListContainerInstances', 'CLUSTER_READ_FAILED'],
    ['DescribeContainerInstances', 'CLUSTER_READ_FAILED'],
    ['PutMetricData', 'PUBLISH_FAILED'],
  ])('throws for a direct event when %s is refused', async (operation, code) => {
    endpoint.clusters.set('demo', hosts(1));
    endpoint.intercept = refuse(operation, 'AccessDeniedException');
    await expect(handle(stateChange(host(1)))).rejects.toMatchObject({
      code,
      message: expect.stringContaining('AccessDeniedException: no'),
    });
  });

  test('throws for a direct event that it cannot parse', async () => {
    await expect(handle({ ...stateChange(host(1)), detail: {} })).rejects.toMatchObject({
      code: 'INVALID_EVENT',
      source: 'caller',
      path: 'detail.clusterArn',
    });
    expect(endpoint.calls).toHaveLength(0);
  });

  test('leaves out a host whose record is broken, with a line that names the path', async () => {
    endpoint.clusters.set('demo', [host(1), { ...host(2), remainingResources: [{ name: 'CPU', type: 'INTEGER', integerValue: -5 }] }]);
    await handle(stateChange(host(1)));
    expect(values()).toContain('ContainerCapacity demo web 2');
    expect(logged('warn')).toMatchObject([
      { message: 'host left out', fields: { cluster: 'demo', code: 'OUT_OF_RANGE', path: 'remainingResources[CPU].integerValue' } },
    ]);
  });

  test.each(['ListContainerInstances', 'DescribeContainerInstances', 'PutMetricData'])(
    'gives up in time when %s never answers',
    async (operation) => {
      endpoint.clusters.set('demo', hosts(1));
      endpoint.intercept = (call) => (call.operation === operation ? 'hang' : undefined);
      const context = { getRemainingTimeInMillis: () => 1_200 };
      await expect(handle(stateChange(host(1)), context)).rejects.toMatchObject({
        code: 'OUT_OF_TIME',
        message: expect.stringContaining('give the function a longer time-out'),
      });
    },
  );

  test('gives up in time when it is throttled for ever, and fails what is left of the batch', async () => {
    endpoint.intercept = () => ({ status: 400, error: 'ThrottlingException' });
    const other = stateChange(host(1, { cluster: 'other' }), 'other');
    const context = { getRemainingTimeInMillis: () => 1_200 };
    expect(await handle(batchOf(stateChange(host(1)), other), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-1' }],
    });
    expect(logged('error').map(({ fields }) => fields)).toMatchObject([
      { cluster: 'demo', error: { code: 'OUT_OF_TIME' } },
      { cluster: 'other', error: { code: 'OUT_OF_TIME' } },
    ]);
    expect(endpoint.calls.every(({ body }) => body.cluster.endsWith('/demo'))).toBe(true);
  });

  test('makes no call when no time is left', async () => {
    await expect(handle(stateChange(host(1)), { getRemainingTimeInMillis: () => 900 })).rejects.toMatchObject({
      code: 'OUT_OF_TIME',
      source: 'caller',
    });
    expect(endpoint.calls).toHaveLength(0);
  });

  test('faults when nothing listens', async () => {
    const gone = await startAwsEndpoint();
    await gone.close();
    await expect(handle(stateChange(host(1)), PLENTY, gone.url)).rejects.toMatchObject({
      code: 'CLUSTER_READ_FAILED',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('logs no event and no credentials', async () => {
    endpoint.clusters.set('demo', hosts(1));
    await handle(batchOf(stateChange(host(1)), 'secret-body'));
    endpoint.intercept = refuse('ListContainerInstances', 'UnrecognizedClientException');
    await handle(batchOf(stateChange(host(1))));
    const log = JSON.stringify(logger.lines);
    for (const secret of ['secret-body', 'registeredResources', 'AKIAEXAMPLE', 'example-secret', 'example-token'])
      expect(log).not.toContain(secret);
  });

  describe('that remembers', () => {
    const tick = { version: '0', id: 'x', 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [], detail: {} };
    let now: number;
    const remembering = () => {
      now = NOW.getTime();
      const handler = createHandler({
        ...clientsOf(endpoint.url),
        clock: () => new Date(now),
        logger,
        configuration: configurationOf({ clusters: ['demo', 'shop'], agentGraceSeconds: 60 }),
      });
      return (event: unknown) => handler(event, PLENTY);
    };

    test('looks at every configured cluster on schedule, quiet or not', async () => {
      endpoint.clusters.set('demo', [host(1)]);
      expect(await remembering()(batchOf(tick))).toEqual({ batchItemFailures: [] });
      expect(values()).toContain('ContainerCapacity demo web 2');
      expect(values()).toContain('ContainerCapacity shop web 0');
    });

    test('names a message of the schedule once, however many of its clusters failed', async () => {
      endpoint.intercept = refuse('ListContainerInstances', 'ClusterNotFoundException');
      expect(await remembering()(batchOf(tick))).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    });

    test('asks ECS nothing for what was published already', async () => {
      endpoint.clusters.set('demo', [host(1, { version: 4 })]);
      const handleEvent = remembering();
      await handleEvent(stateChange(host(1, { version: 4 })));
      now += 60_000;
      await handleEvent(batchOf(stateChange(host(1, { version: 4 })), stateChange(host(1, { version: 3 }))));
      expect(endpoint.count('ListContainerInstances')).toBe(1);
      expect(logger.lines.at(-1)).toMatchObject({
        message: 'cluster not read',
        fields: { cluster: 'demo', messages: 2, because: 'known' },
      });
      await handleEvent(stateChange(host(1, { version: 5 })));
      expect(endpoint.count('ListContainerInstances')).toBe(2);
    });

    test('counts a newer event as published, though ECS described an older record', async () => {
      endpoint.clusters.set('demo', [host(1, { version: 4 })]);
      const handleEvent = remembering();
      await handleEvent(stateChange(host(1, { version: 6 })));
      now += 60_000;
      await handleEvent(stateChange(host(1, { version: 6 })));
      expect(endpoint.count('ListContainerInstances')).toBe(1);
    });

    test('leaves a storm of events to the schedule', async () => {
      endpoint.clusters.set('demo', [host(1)]);
      const handleEvent = remembering();
      for (let version = 10; version < 60; version += 1) {
        expect(await handleEvent(batchOf(stateChange(host(1, { version }))))).toEqual({ batchItemFailures: [] });
        now += 100;
      }
      expect(endpoint.count('ListContainerInstances')).toBeLessThan(5);
      await handleEvent(batchOf(tick));
      expect(endpoint.count('ListContainerInstances')).toBeGreaterThan(1);
    });

    test('remembers no decision that was not published', async () => {
      endpoint.clusters.set('demo', [host(1, { version: 4 })]);
      endpoint.intercept = refuse('PutMetricData', 'InvalidParameterValueException');
      const handleEvent = remembering();
      const event = batchOf(stateChange(host(1, { version: 4 })));
      expect(await handleEvent(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
      endpoint.intercept = () => undefined;
      now += 60_000;
      expect(await handleEvent(event)).toEqual({ batchItemFailures: [] });
      expect(endpoint.published()).toHaveLength(2);
    });

    test('counts the calls of what failed, so that a throttled account is not asked for more', async () => {
      endpoint.clusters.set('demo', hosts(101));
      endpoint.intercept = refuse('DescribeContainerInstances', 'SomeNewException');
      const handleEvent = remembering();
      await handleEvent(batchOf(stateChange(host(1))));
      const calls = endpoint.calls.length;
      now += 1_000;
      expect(await handleEvent(batchOf(stateChange(host(1, { version: 2 }))))).toEqual({ batchItemFailures: [] });
      expect(endpoint.calls).toHaveLength(calls);
      expect(logger.lines.at(-1)).toMatchObject({ message: 'cluster not read', fields: { because: 'postponed' } });
    });

    test('lets an agent reconnect for a minute before its host is no room, where it saw it connected', async () => {
      endpoint.clusters.set('demo', [host(1), host(2, { agentConnected: false })]);
      const handleEvent = remembering();
      const capacity = async (afterSeconds: number) => {
        now += afterSeconds * 1000;
        await handleEvent(batchOf(tick));
        return values()
          .filter((value) => value.startsWith('ContainerCapacity demo web'))
          .at(-1);
      };
      expect(await capacity(0)).toBe('ContainerCapacity demo web 2');
      endpoint.clusters.set('demo', [host(1, { agentConnected: false }), host(2)]);
      expect(await capacity(60)).toBe('ContainerCapacity demo web 4');
      expect(await capacity(31)).toBe('ContainerCapacity demo web 2');
    });

    test('publishes what the cluster needs where scale-in is patient, and only there', async () => {
      now = NOW.getTime();
      endpoint.clusters.set('demo', [host(1), host(2)]);
      const published = async (changed: object) => {
        const scaleIn = { autoScalingGroupName: 'hosts', maxDraining: 1, dryRun: true, balanceZones: false, ...changed };
        const scope = { tasks: true, discoverServices: false, discoveredHeadroom: 0 };
        const taskSizes = [{ ...size('web', 1024), headroom: 1 }];
        const configuration = configurationOf({ clusters: ['demo'], taskSizes, scope, scaleIn });
        await createHandler({ ...clientsOf(endpoint.url), clock: () => new Date(now), logger, configuration })(
          stateChange(host(1)),
          PLENTY,
        );
        return values().filter((value) => /^(Occupied|Needed)Hosts/.test(value));
      };
      expect(await published({ alarmName: 'drainable' })).toEqual([]);
      expect(await published({ patience: DEFAULT_SCALE_IN_PATIENCE })).toEqual(['OccupiedHosts demo 1', 'NeededHosts demo 1']);
    });

    test('removes no host while it looks at two clusters, of which the group is only one’s', async () => {
      now = NOW.getTime();
      const scaleIn = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining: 1, dryRun: false, balanceZones: false };
      const handler = createHandler({
        ...clientsOf(endpoint.url),
        clock: () => new Date(now),
        logger,
        configuration: configurationOf({ clusters: ['demo', 'shop'], scaleIn }),
      });
      await handler(batchOf(tick), PLENTY);
      expect(logged('error')).toMatchObject([{ fields: { because: 'SEVERAL_CLUSTERS' } }, { fields: { because: 'SEVERAL_CLUSTERS' } }]);
    });
  });

  describe('that reads tasks and services', () => {
    const reading = (changed: Partial<CapacityConfiguration>) => {
      const handler = createHandler({ ...clientsOf(endpoint.url), clock: () => NOW, logger, configuration: configurationOf(changed) });
      return () => handler(stateChange(host(1)), PLENTY);
    };
    const scope = { tasks: true, discoverServices: false, discoveredHeadroom: 0 };
    beforeEach(() => {
      endpoint.clusters.set('demo', [host(1), host(2)]);
      for (const family of ['web', 'agent']) endpoint.taskDefinitions.set(definitionArn(family), definition(family, 512));
    });

    test('counts a size by its task definition', async () => {
      await reading({ taskSizes: [{ taskDefinition: definitionArn('web'), headroom: 0 }] })();
      expect(values()).toContain('ContainerCapacity demo web 8');
    });

    test('goes on with the other sizes where a task definition cannot be read', async () => {
      endpoint.intercept = refuse('DescribeTaskDefinition', 'ClientException');
      await reading({ taskSizes: [{ taskDefinition: definitionArn('web'), headroom: 0 }, WEB] })();
      expect(values()).toContain('ContainerCapacity demo web 4');
      expect(logged('error')).toMatchObject([{ message: 'task size left out', fields: { taskSize: definitionArn('web') } }]);
    });

    test('names no host as drainable while it is not known how much room must be kept', async () => {
      const { intercept } = endpoint;
      const sizes = (headroom: number) => [{ taskDefinition: definitionArn('web'), headroom }, WEB];
      const tasksToo = { ...scope };
      await reading({ taskSizes: sizes(1), scope: tasksToo })();
      expect(values()).toContain('DrainableHosts demo 1');
      endpoint.intercept = refuse('DescribeTaskDefinition', 'ClientException');
      await reading({ taskSizes: sizes(1), scope: tasksToo })();
      expect(values().slice(-8)).toContain('DrainableHosts demo 0');
      await reading({ taskSizes: sizes(0), scope: tasksToo })();
      expect(values().slice(-8)).toContain('DrainableHosts demo 2');
      endpoint.intercept = intercept;
    });

    test('keeps the hosts that a deployment needs, though as many tasks run as the service wants', async () => {
      const hosts = [host(1, { cpuUnits: 0, memoryMiB: 5680 }), host(2), host(3)];
      endpoint.clusters.set('demo', hosts);
      const on = { containerInstanceArn: host(1).containerInstanceArn ?? '', taskDefinitionArn: definitionArn('web') };
      endpoint.tasks.set('demo', [task('a', on), task('b', on)]);
      endpoint.taskDefinitions.set(definitionArn('web'), definition('web', 2048));
      const deployments = [
        { status: 'PRIMARY', desiredCount: 2, runningCount: 0, pendingCount: 0 },
        { status: 'ACTIVE', desiredCount: 2, runningCount: 2 },
      ];
      endpoint.services.set('demo', [service('web', { desiredCount: 2 })]);
      await reading({ taskSizes: [WEB], scope })();
      expect(values()).toContain('DrainableHosts demo 2');
      endpoint.services.set('demo', [service('web', { desiredCount: 2, deployments })]);
      await reading({ taskSizes: [WEB], scope })();
      expect(values().slice(-8)).toEqual(expect.arrayContaining(['DrainableHosts demo 0', 'HostsShort demo 0']));
    });

    test('fails where no size is left', async () => {
      const { intercept } = endpoint;
      endpoint.intercept = refuse('DescribeTaskDefinition', 'ClientException');
      const handleEvent = reading({ taskSizes: [{ taskDefinition: definitionArn('web'), headroom: 0 }] });
      await expect(handleEvent()).rejects.toMatchObject({ code: 'NO_TASK_SIZES', message: expect.stringContaining('demo') });
      expect(values()).toEqual([]);
      endpoint.intercept = intercept;
    });

    test('keeps room for a daemon where it does not run yet', async () => {
      const running = { group: 'service:agent', containerInstanceArn: host(1).containerInstanceArn ?? '', cpu: '512' };
      endpoint.clusters.set('demo', [host(1, { cpuUnits: 1536 }), host(2)]);
      endpoint.tasks.set('demo', [task('agent-1', running)]);
      endpoint.services.set('demo', [service('agent', { schedulingStrategy: 'DAEMON' })]);
      await reading({ taskSizes: [size('web', 512)], scope })();
      expect(values()).toContain('ContainerCapacity demo web 6');
      expect(logged('info')).toMatchObject([
        { fields: { calls: { tasks: 2, services: 2 }, waitingTasks: 0, taskSizes: [{ precision: 'exact' }] } },
      ]);
    });

    test('counts what waits', async () => {
      endpoint.tasks.set('demo', [task('one')]);
      endpoint.services.set('demo', [service('web', { desiredCount: 3 })]);
      await reading({ taskSizes: [], scope: { ...scope, discoverServices: true } })();
      expect(logged('info')).toMatchObject([{ fields: { waitingTasks: 3 } }]);
    });

    test('counts network interfaces by instance type, those of tasks that are stopping among them', async () => {
      const attributes = [{ name: 'ecs.instance-type', value: 'm4.large' }];
      const stopping = { containerInstanceArn: host(1).containerInstanceArn ?? '', desiredStatus: 'STOPPED', lastStatus: 'DEPROVISIONING' };
      const attachments = [{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }];
      endpoint.clusters.set('demo', [{ ...host(1), attributes }]);
      endpoint.tasks.set('demo', [
        task('goes', { ...stopping, attachments }),
        task('gone', { ...stopping, lastStatus: 'STOPPED', attachments }),
      ]);
      await reading({ taskSizes: [{ ...size('web', 256), networkMode: 'awsvpc' }], scope })();
      // An m4.large takes two interfaces, of which one is its own.
      expect(values()).toContain('ContainerCapacity demo web 0');
      expect(logged('info')).toMatchObject([{ fields: { calls: { tasks: 3 }, taskSizes: [{ precision: 'exact' }] } }]);
    });

    test('does not ask for stopping tasks where no size has an interface of its own', async () => {
      await reading({ taskSizes: [WEB], scope })();
      expect(endpoint.count('ListTasks')).toBe(1);
    });

    test('says what it left out of the tasks, and that the answer is then a bound', async () => {
      endpoint.clusters.set('demo', [host(1, { cpuUnits: 1536 })]);
      endpoint.tasks.set('demo', [{ ...task('one'), lastStatus: undefined }]);
      const distinct = { ...size('web', 512), placementConstraints: [{ type: 'distinctInstance' as const }], group: 'service:web' };
      await reading({ taskSizes: [distinct], scope })();
      expect(logged('warn')).toMatchObject([{ message: 'task left out', fields: { path: 'lastStatus' } }]);
      expect(logged('info')).toMatchObject([{ fields: { taskSizes: [{ precision: 'upperBound' }] } }]);
    });
  });
});
