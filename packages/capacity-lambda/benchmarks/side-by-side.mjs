/**
 * Runs the shipped bundle and the algorithm of pooled sums side by side, on the same changes of two like clusters, each against a
 * local endpoint with ECS's throttle of an account.
 *
 *   node benchmarks/side-by-side.mjs [hosts, 90,300] [events a second, 20] [seconds, 60]
 *
 * Takes the bundle as it is: run the task bundle first. Exits 1 if ours missed an event, published a wrong number, was throttled
 * or passed its budget.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCloudWatch, createRandom, startLambdaFunction, startLocalEndpoint } from '@plimsoll/simulator';
import { scheduledEvent } from '@plimsoll/test-support';

const HOSTS = (process.argv[2] ?? '90,300').split(',').map(Number);
const RATE = Number(process.argv[3] ?? 20);
const SECONDS = Number(process.argv[4] ?? 60);
const SIZE = { name: 'web', cpuUnits: 512, memoryMiB: 1024 };
const CLUSTER = 'demo';
const BUDGET = 2;
/** Batching window of the queue, in milliseconds. */
const WINDOW = 5_000;
const LIMITED = new Set(['ListContainerInstances', 'DescribeContainerInstances', 'ListTasks', 'DescribeTasks']);

/** One algorithm's AWS: a cluster, the throttle, what is called and what is published. */
async function world(hosts, onEvent) {
  let tokens = 100;
  let refilled = performance.now();
  const seen = { calls: 0, throttled: 0, published: [] };
  /** What is true: capacity from each moment on. */
  const truth = [{ at: 0, capacity: 0 }];
  const fits = new Map();
  const counting = (event) => {
    if (event['detail-type'] !== 'ECS Container Instance State Change') return;
    const { detail } = event;
    const left = (name) => detail.remainingResources.find((resource) => resource.name === name).integerValue;
    const isOpen = detail.status === 'ACTIVE' && detail.agentConnected;
    const fit = isOpen ? Math.min(Math.floor(left('CPU') / SIZE.cpuUnits), Math.floor(left('MEMORY') / SIZE.memoryMiB)) : 0;
    const before = fits.get(detail.containerInstanceArn) ?? 0;
    fits.set(detail.containerInstanceArn, fit);
    truth.push({ at: Date.now(), capacity: truth.at(-1).capacity + fit - before });
    onEvent(event);
  };
  const endpoint = await startLocalEndpoint({
    services: [createCloudWatch()],
    recordCalls: false,
    seed: 7,
    onEvent: counting,
    intercept: ({ operation, input }) => {
      if (operation === 'PutMetricData') {
        const { Timestamp, Value } = input.MetricData.find(
          ({ MetricName, Dimensions }) => MetricName === 'ContainerCapacity' && Dimensions.length === 1,
        );
        seen.published.push({ from: Timestamp.getTime(), at: Date.now(), value: Value });
      }
      if (!LIMITED.has(operation)) return undefined;
      const now = performance.now();
      tokens = Math.min(100, tokens + ((now - refilled) / 1000) * 20);
      refilled = now;
      seen.calls += 1;
      if (tokens < 1) {
        seen.throttled += 1;
        return { kind: 'throttle' };
      }
      tokens -= 1;
      return undefined;
    },
  });
  endpoint.ecs('CreateCluster', { clusterName: CLUSTER });
  const arns = Array.from({ length: hosts }, () => {
    const totalResources = [
      { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 7680 },
    ];
    return endpoint.ecs('RegisterContainerInstance', { cluster: CLUSTER, totalResources }).response.containerInstance.containerInstanceArn;
  });
  for (const [family, cpu, memory] of [
    ['compute', 1600, 512],
    ['cache', 600, 6600],
    ['web', SIZE.cpuUnits, SIZE.memoryMiB],
  ]) {
    endpoint.ecs('RegisterTaskDefinition', { family, containerDefinitions: [{ name: 'main', image: 'example', cpu, memory }] });
  }
  for (const family of ['compute', 'cache']) {
    for (let index = 0; index < hosts * 0.45; index += 1) run(endpoint, family);
  }
  return { endpoint, arns, seen, truth };
}

function run(endpoint, taskDefinition) {
  const placementStrategy = [{ type: 'spread', field: 'instanceId' }];
  return endpoint.ecs('RunTask', { cluster: CLUSTER, taskDefinition, placementStrategy }).response?.tasks?.[0]?.taskArn;
}

/** Tasks of the size come and go, hosts drain and return; one change at a time, the same for each world. */
function changer({ endpoint, arns }, seed) {
  const random = createRandom(seed);
  const tasks = [];
  return () => {
    const arn = arns[random.below(arns.length)];
    const luck = random.next();
    const index = random.below(Math.max(1, tasks.length));
    if (luck < 0.5) {
      const task = run(endpoint, 'web');
      if (task !== undefined) tasks.push(task);
    } else if (luck < 0.9 && tasks.length > 0) endpoint.ecs('StopTask', { cluster: CLUSTER, task: tasks.splice(index, 1)[0] });
    else
      endpoint.ecs('UpdateContainerInstancesState', {
        cluster: CLUSTER,
        containerInstances: [arn],
        status: luck < 0.93 ? 'DRAINING' : 'ACTIVE',
      });
  };
}

/** Ours: queue, batching window, two execution environments, a schedule. */
async function startOurs(hosts) {
  let queue = [];
  let seconds = 0;
  let failures = 0;
  let done = false;
  const events = [];
  const ours = await world(hosts, (event) => {
    events.push(Date.now());
    queue.push(JSON.stringify(event));
  });
  events.length = 0;
  queue = [];
  const functions = await Promise.all(
    [0, 1].map(() =>
      startLambdaFunction({
        codePath: join(import.meta.dirname, '../bundle/index.js'),
        timeoutSeconds: 60,
        memorySizeMiB: 256,
        region: ours.endpoint.region,
        environment: {
          AWS_ENDPOINT_URL: ours.endpoint.url,
          PLIMSOLL_TASK_SIZES: JSON.stringify([SIZE]),
          PLIMSOLL_CLUSTERS: CLUSTER,
          PLIMSOLL_ECS_CALLS_PER_SECOND: String(BUDGET),
          PLIMSOLL_AGENT_GRACE_SECONDS: '0',
        },
      }),
    ),
  );
  const tick = () => queue.push(JSON.stringify(scheduledEvent({ time: new Date().toISOString() })));
  const lane = async (lambda, offset) => {
    await wait(offset);
    while (!done) {
      const bodies = queue.splice(0, 2_000);
      if (bodies.length > 0) {
        const Records = bodies.map((body, index) => ({ messageId: `${index}`, body, eventSource: 'aws:sqs' }));
        const result = await lambda.invoke({ Records });
        seconds += result.durationMs / 1000;
        const failed = result.ok ? result.payload.batchItemFailures.map(({ itemIdentifier }) => bodies[itemIdentifier]) : bodies;
        failures += result.ok ? 0 : 1;
        queue.push(...failed);
      }
      await wait(WINDOW);
    }
  };
  tick();
  const schedule = setInterval(tick, 60_000);
  const lanes = functions.map((lambda, index) => lane(lambda, (index * WINDOW) / 2));
  return {
    ...ours,
    events,
    result: () => ({ seconds, failures }),
    finish: async () => {
      // The schedule's next message, of which the last events may have need.
      await wait(2_000);
      tick();
      await wait(2 * WINDOW + 2_000);
      done = true;
      clearInterval(schedule);
      await Promise.all(lanes);
      await Promise.all(functions.map((lambda) => lambda.close()));
      await ours.endpoint.close();
    },
  };
}

/** Pooled sums: an invocation an event, several at once. */
async function startPooled(hosts) {
  const waiting = [];
  const events = [];
  let seconds = 0;
  let failures = 0;
  let done = false;
  const pooled = await world(hosts, (event) => {
    events.push(Date.now());
    waiting.push(event);
  });
  events.length = 0;
  waiting.length = 0;
  const functions = await Promise.all(
    Array.from({ length: 16 }, () =>
      startLambdaFunction({
        codePath: join(import.meta.dirname, 'pooled-function.mjs'),
        timeoutSeconds: 300,
        memorySizeMiB: 128,
        region: pooled.endpoint.region,
        environment: {
          AWS_ENDPOINT_URL: pooled.endpoint.url,
          TASK_CPU_UNITS: String(SIZE.cpuUnits),
          TASK_MEMORY_MIB: String(SIZE.memoryMiB),
        },
      }),
    ),
  );
  const lanes = functions.map(async (lambda) => {
    while (!done || waiting.length > 0) {
      const event = waiting.shift();
      if (event === undefined) await wait(5);
      else {
        const result = await lambda.invoke(event);
        seconds += result.durationMs / 1000;
        failures += result.ok ? 0 : 1;
      }
    }
  });
  return {
    ...pooled,
    events,
    result: () => ({ seconds, failures }),
    finish: async () => {
      done = true;
      await Promise.all(lanes);
      await Promise.all(functions.map((lambda) => lambda.close()));
      await pooled.endpoint.close();
    },
  };
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** How a world did: which numbers were right at some moment between their reading and their coming. */
function judge({ seen, truth, events, result }, minutes) {
  const wrong = seen.published.filter(({ from, at, value }) => {
    const first = truth.findLastIndex((point) => point.at < from - 50);
    const within = truth.slice(Math.max(0, first)).filter((point, index) => index === 0 || point.at <= at);
    const capacities = within.map(({ capacity }) => capacity);
    return value < Math.min(...capacities) || value > Math.max(...capacities);
  });
  const sorted = [...seen.published].sort((a, b) => a.at - b.at);
  const delays = events.map((event) => (sorted.find(({ from }) => from >= event)?.at ?? Number.NaN) - event);
  const known = delays.filter((delay) => !Number.isNaN(delay)).sort((a, b) => a - b);
  const last = [...seen.published].sort((a, b) => a.from - b.from).at(-1);
  const { seconds, failures } = result();
  return {
    callsAMinute: seen.calls / minutes,
    throttled: seen.throttled,
    failures,
    published: seen.published.length,
    wrong: wrong.length,
    last: `${last?.value} (${truth.at(-1).capacity})`,
    isLastRight: last?.value === truth.at(-1).capacity,
    missing: delays.length - known.length,
    p50: quantile(known, 0.5) / 1000,
    p99: quantile(known, 0.99) / 1000,
    seconds,
  };
}

const ROWS = [
  ['ECS calls a minute', ({ callsAMinute }) => callsAMinute.toFixed(0)],
  ['of them throttled, in all', ({ throttled }) => throttled],
  ['invocations that failed', ({ failures }) => failures],
  ['points published', ({ published }) => published],
  ['of them wrong at every moment they could be of', ({ wrong }) => wrong],
  ['last value (true one)', ({ last }) => last],
  ['events no point followed', ({ missing }) => missing],
  ['event to metric, p50, s', ({ p50 }) => p50.toFixed(1)],
  ['event to metric, p99, s', ({ p99 }) => p99.toFixed(1)],
  ['Lambda-seconds', ({ seconds }) => seconds.toFixed(1)],
];

let met = true;
for (const hosts of HOSTS) {
  const ours = await startOurs(hosts);
  const pooled = await startPooled(hosts);
  const changes = [ours, pooled].map((one) => changer(one, 11));
  const started = performance.now();
  while (performance.now() - started < SECONDS * 1000) {
    for (const change of changes) change();
    await wait(Math.max(0, (ours.events.length / RATE) * 1000 - (performance.now() - started)));
  }
  await Promise.all([ours.finish(), pooled.finish()]);
  const minutes = (performance.now() - started) / 60_000;
  const [a, b] = [judge(ours, minutes), judge(pooled, minutes)];
  console.log(`\n${hosts} hosts, ${ours.events.length} events in ${SECONDS} s\n`);
  console.log('| | this package | pooled sums |\n|-|-|-|');
  for (const [label, cell] of ROWS) console.log(`| ${label} | ${cell(a)} | ${cell(b)} |`);
  met &&= a.wrong === 0 && a.missing === 0 && a.isLastRight && a.throttled === 0 && a.failures === 0;
  met &&= a.callsAMinute <= BUDGET * 60 + 6 * Math.ceil(hosts / 100);
}
console.log(`\n${met ? 'met   ' : 'MISSED'} no wrong, missing or throttled answer of this package, inside its budget`);
if (!met) process.exitCode = 1;
