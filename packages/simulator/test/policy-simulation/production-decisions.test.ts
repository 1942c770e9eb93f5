import path from 'node:path';
import { applyHost, EMPTY_CLUSTER, mergeList, readHost, type TaskSizes } from '@plimsoll/capacity-core';
// biome-ignore lint/correctness/noUndeclaredDependencies: its tests depend on this package, so it is compiled first by a rule of nx
import { decideCluster } from '@plimsoll/capacity-lambda';
import { parseEcsEvent } from '@plimsoll/event-schemas';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { startLambdaFunction } from '../../src/index.js';
import {
  containerInstanceDetail,
  deliverWithFaults,
  EcsEventStream,
  type SimulatedEvent,
  taskDetail,
} from '../../src/policy-simulation/ecs-event-stream.js';
import type { SimulatedCluster } from '../../src/policy-simulation/model/cluster.js';
import { exactPolicy } from '../../src/policy-simulation/policies/exact.js';
import { simulate } from '../../src/policy-simulation/simulate.js';
import { generateWorkload } from '../../src/policy-simulation/traces/generated.js';
import type { Workload } from '../../src/policy-simulation/workload.js';
import { createRandom } from '../../src/virtual-time/seeded-random.js';
import { startDecisionEndpoint } from '../helpers/decision-endpoint.js';
import { DECISIONS, exact, HOST, QUARTER, SETTINGS } from '../helpers/policy-simulation.js';
import { policies, workloads } from '../helpers/random-workloads.js';

const TIME = '2026-01-01T00:00:00.000Z';
const SIZES: TaskSizes = [QUARTER];

function workload(spec: string, seed = 1): Workload {
  const made = generateWorkload(spec, seed);
  if (!made.ok) throw new TypeError(made.error.message);
  return made.value;
}

/** What the function would read of the cluster. */
function recordsOf(cluster: SimulatedCluster) {
  return {
    hosts: cluster
      .registered()
      .map((host) => ({ ...containerInstanceDetail(host, TIME), runningTasksCount: host.tasks.size, pendingTasksCount: 0 })),
    tasks: cluster.wanted().map(taskDetail),
  };
}

const MIXED = 'bursty:hours=2,size=512:1024|2048:4096,rate=40+deployments:hours=2,tasks=9,every=40,size=1024:2048';

test('each decision is the one that the function makes from what ECS answers', () => {
  let compared = 0;
  let cluster: SimulatedCluster | undefined;
  let [short, drainable] = [0, 0];
  simulate({
    workload: workload(MIXED),
    settings: SETTINGS,
    policy: exact({
      asksBriefly: false,
      onDecision: (_, verdict) => {
        if (cluster === undefined) return;
        const { hosts, tasks } = recordsOf(cluster);
        const { scaling } = decideCluster({ records: hosts, updates: [], taskSizes: SIZES, tasks, hostType: HOST });
        expect([scaling.hostsShort, scaling.drainable.containerInstanceArns]).toEqual([
          verdict.hostsShort,
          verdict.drainable.containerInstanceArns,
        ]);
        compared += 1;
        short += Number(verdict.hostsShort > 0);
        drainable += Number(verdict.drainable.containerInstanceArns.length > 0);
      },
    }),
    listener: (options) => {
      cluster = options.cluster;
      return { hostChanged: () => undefined, taskChanged: () => undefined };
    },
  });
  expect(Math.min(compared, short * 10, drainable * 10)).toBeGreaterThan(50);
});

test('what is left out of a question does not bear on its answer: the report is the same with all of it', () => {
  let brief = 0;
  fc.assert(
    fc.property(workloads, fc.boolean(), fc.boolean(), fc.boolean(), (work, hasServices, followsEvents, isPatient) => {
      const services = work.services.filter(({ strategy }) => hasServices || strategy === 'DAEMON');
      let hosts = 0;
      const report = (asksBriefly: boolean) => {
        hosts = 0;
        const onDecision = ({ hosts: asked }: { readonly hosts: readonly unknown[] }) => {
          hosts += asked.length;
        };
        const policy = exact({ asksBriefly, followsEvents, isPatient, onDecision });
        return { report: simulate({ workload: { ...work, services }, settings: SETTINGS, policy }), hosts };
      };
      const [short, whole] = [report(true), report(false)];
      expect(short.report).toEqual(whole.report);
      brief += whole.hosts - short.hosts;
    }),
    propertyParameters(40),
  );
  // Questions that were never shortened would be answered alike, too.
  expect(brief).toBeGreaterThan(0);
});

/** The one service of {@link MIXED}, and its task definition. */
const SERVICE_DEFINITION = {
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/deployments-2:1',
  family: 'deployments-2',
  revision: 1,
  status: 'ACTIVE',
  cpu: '1024',
  memory: '2048',
  containerDefinitions: [{ name: 'main', image: 'main', essential: true }],
};
const SERVICE = {
  serviceArn: 'arn:aws:ecs:us-east-1:111122223333:service/simulated/deployments-2',
  serviceName: 'deployments-2',
  status: 'ACTIVE',
  launchType: 'EC2',
  schedulingStrategy: 'REPLICA',
  desiredCount: 9,
  taskDefinition: SERVICE_DEFINITION.taskDefinitionArn,
};

/** The shipped bundle. */
const SHIPPED = {
  codePath: path.join(path.dirname(require.resolve('@plimsoll/capacity-lambda/package.json')), 'bundle', 'index.js'),
  timeoutSeconds: 30,
};

/** Its environment, its calls sent to an endpoint. */
const environmentAt = (url: string) => ({
  AWS_ENDPOINT_URL: url,
  PLIMSOLL_CLUSTERS: 'simulated',
  PLIMSOLL_READ_TASKS: 'true',
  PLIMSOLL_ECS_CALLS_PER_SECOND: '20',
  PLIMSOLL_MAXIMUM_CONCURRENCY: '1',
  PLIMSOLL_TASK_SIZES: JSON.stringify([{ name: 'quarter', cpuUnits: 1024, memoryMiB: 2048 }]),
  PLIMSOLL_HOST_TYPE: JSON.stringify({ name: 'host', cpuUnits: 4096, memoryMiB: 8192 }),
});

const scheduledNow = (index: number) => ({
  version: '0',
  id: `schedule-${index}`,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '111122223333',
  // When it is due: one that was due before the last reading would ask for nothing new.
  time: new Date().toISOString(),
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:111122223333:rule/minute'],
  detail: {},
});

test.each([
  ['standalone tasks', 'bursty:hours=2,size=512:1024|2048:4096,rate=40', 3],
  ['services through deployments beside them', MIXED, 1],
])(
  'the shipped function publishes the numbers that the simulation decided by: %s',
  async (_, spec, seed) => {
    const endpoint = await startDecisionEndpoint();
    endpoint.services = spec === MIXED ? [SERVICE] : [];
    endpoint.definitions = [SERVICE_DEFINITION];
    const moments: Array<{ readonly records: ReturnType<typeof recordsOf>; readonly hostsShort: number; readonly drainable: number }> = [];
    let cluster: SimulatedCluster | undefined;
    simulate({
      workload: workload(spec, seed),
      settings: SETTINGS,
      policy: exact({
        asksBriefly: false,
        onDecision: (_, { hostsShort, drainable }) => {
          if (cluster === undefined) return;
          moments.push({ records: recordsOf(cluster), hostsShort, drainable: drainable.containerInstanceArns.length });
        },
      }),
      listener: (options) => {
        cluster = options.cluster;
        return { hostChanged: () => undefined, taskChanged: () => undefined };
      },
    });
    const lambda = await startLambdaFunction({
      ...SHIPPED,
      environment: { ...environmentAt(endpoint.url), POWERTOOLS_LOG_LEVEL: 'SILENT' },
    });
    try {
      for (const [index, { records, hostsShort, drainable }] of moments.entries()) {
        endpoint.hosts = records.hosts;
        endpoint.tasks = records.tasks;
        const result = await lambda.invoke(scheduledNow(index));
        expect(result).toMatchObject({ ok: true });
        expect([endpoint.published.get('HostsShort'), endpoint.published.get('DrainableHosts')]).toEqual([hostsShort, drainable]);
      }
      expect(moments.length).toBeGreaterThan(50);
    } finally {
      await lambda.close();
      await endpoint.close();
    }
  },
  120_000,
);

test('the shipped function lets the very hosts go that the patient simulation does', async () => {
  interface Moment {
    readonly records: ReturnType<typeof recordsOf>;
    readonly demand: ReadonlyArray<{ readonly occupied: number; readonly needed: number }>;
    readonly drainable: number;
    readonly removed: readonly string[];
  }
  const moments: Moment[] = [];
  let cluster: SimulatedCluster | undefined;
  let demand: Moment['demand'] = [];
  const decisions: typeof DECISIONS = {
    ...DECISIONS,
    dispensableHosts: (question) => {
      demand = [...question.history];
      return DECISIONS.dispensableHosts(question);
    },
    decideScaleIn: (question) => {
      const decision = DECISIONS.decideScaleIn(question);
      const removed = decision.kind === 'stay' ? [] : [decision, ...decision.others].map(({ ec2InstanceId }) => ec2InstanceId);
      const drainable = question.scaling.drainable.containerInstanceArns.length;
      if (cluster !== undefined) moments.push({ records: recordsOf(cluster), demand, drainable, removed });
      return decision;
    },
  };
  simulate({
    workload: workload(MIXED),
    settings: SETTINGS,
    policy: exactPolicy(decisions, { isPatient: true, asksBriefly: false }),
    listener: (options) => {
      cluster = options.cluster;
      return { hostChanged: () => undefined, taskChanged: () => undefined };
    },
  });
  const endpoint = await startDecisionEndpoint();
  endpoint.services = [SERVICE];
  endpoint.definitions = [SERVICE_DEFINITION];
  const log: Array<Readonly<Record<string, unknown>>> = [];
  const lambda = await startLambdaFunction({
    ...SHIPPED,
    onLog: (line) => void (line.startsWith('{') && log.push(JSON.parse(line))),
    environment: {
      ...environmentAt(endpoint.url),
      PLIMSOLL_SCALE_IN: JSON.stringify({ autoScalingGroupName: 'hosts', maxDraining: 10, dryRun: true, patience: {} }),
    },
  });
  try {
    for (const [index, { records, removed, ...moment }] of moments.entries()) {
      // Where none goes, one in ten stands for its like.
      if (process.env.PLIMSOLL_TEST_LEVEL !== 'full' && removed.length === 0 && index % 10 > 0) continue;
      Object.assign(endpoint, { ...records, demand: moment.demand });
      log.length = 0;
      expect(await lambda.invoke(scheduledNow(index))).toMatchObject({ ok: true });
      const told = log.filter(({ message }) => message === 'host would be removed').map(({ ec2InstanceId }) => ec2InstanceId);
      expect({ index, told }).toEqual({ index, told: removed });
    }
    const some = moments.filter(({ removed }) => removed.length > 0).length;
    const kept = moments.filter(({ removed, drainable }) => drainable > 0 && removed.length === 0).length;
    expect([moments.length > 100, some > 3, kept > 10]).toEqual([true, true, true]);
  } finally {
    await lambda.close();
    await endpoint.close();
  }
}, 120_000);

function eventsOf(work: Workload, policy: Parameters<typeof simulate>[0]['policy']): readonly SimulatedEvent[] {
  const events: SimulatedEvent[] = [];
  simulate({
    workload: work,
    settings: SETTINGS,
    policy,
    listener: ({ now }) => new EcsEventStream({ now, emit: (event) => void events.push(event) }),
  });
  return events;
}

test('every event is one that ECS could have sent, and versions rise', () => {
  fc.assert(
    fc.property(workloads, policies, (work, policy) => {
      const versions = new Map<string, number>();
      for (const event of eventsOf(work, policy)) {
        const parsed = parseEcsEvent(event);
        expect(parsed).toMatchObject({ ok: true });
        const arn = event.resources[0] ?? '';
        const version = Number(event.detail.version);
        expect(version).toBeGreaterThan(versions.get(arn) ?? -1);
        versions.set(arn, version);
      }
    }),
    propertyParameters(15),
  );
});

const hostEvents = (events: readonly SimulatedEvent[]) =>
  events.filter((event) => event['detail-type'] === 'ECS Container Instance State Change').map(({ detail }) => detail);

function fold(details: ReadonlyArray<Readonly<Record<string, unknown>>>) {
  return details.reduce<typeof EMPTY_CLUSTER>((state, detail) => {
    const host = readHost(detail);
    return host.ok ? applyHost(state, host.value) : state;
  }, EMPTY_CLUSTER);
}

test('events that are doubled and late tell the same as those that come once and in order', () => {
  fc.assert(
    fc.property(workloads, policies, fc.nat(1000), fc.nat(30), (work, policy, seed, displacement) => {
      const details = hostEvents(eventsOf(work, policy));
      const delivered = deliverWithFaults(details, { loss: 0, duplication: 0.3, displacement }, createRandom(seed));
      expect(delivered.length).toBeGreaterThanOrEqual(details.length);
      expect(sorted(fold(delivered))).toEqual(sorted(fold(details)));
    }),
    propertyParameters(15),
  );
});

test('what lost events left wrong, the next full list puts right', () => {
  const details = hostEvents(eventsOf(workload(MIXED), exact()));
  const delivered = deliverWithFaults(details, { loss: 0.5, duplication: 0.2, displacement: 10 }, createRandom(5));
  expect(delivered.length).toBeLessThan(details.length);
  const truth = fold(details);
  // Hosts that left are listed no more.
  const listed = [...truth.values()].filter(({ status }) => status !== 'INACTIVE');
  const merged = sorted(mergeList(fold(delivered), listed)).filter(({ status }) => status !== 'INACTIVE');
  expect(merged).toEqual(sorted(new Map(listed.map((host) => [host.containerInstanceArn, host]))));
});

function sorted(state: typeof EMPTY_CLUSTER) {
  return [...state.values()].sort((a, b) => (a.containerInstanceArn < b.containerInstanceArn ? -1 : 1));
}
