import { setTimeout as sleep } from 'node:timers/promises';
import { CONTAINER_INSTANCE_STATE_CHANGE } from '@plimsoll/event-schemas/container-instance-state-change';
import {
  createCloudWatch,
  type EcsEvent,
  type LambdaFunction,
  type LocalEndpoint,
  startLambdaFunction,
  startLocalEndpoint,
} from '@plimsoll/simulator';
import { DemoError } from '../demo-error.js';
import { DemoCluster } from './cluster.js';
import { type MetricName, NAMESPACE, readMetrics, type Series } from './metrics.js';
import { STEPS, type Step, TASK_SIZES } from './scenario.js';
import { answers, type Moment, type Numbers } from './story.js';

/** Told how far the demo is. */
export type OnProgress = (done: number, total: number, title: string) => void;

const NAMES: readonly MetricName[] = [
  { metric: 'ContainerCapacity' },
  { metric: 'IdleHostCapacity' },
  ...TASK_SIZES.map((size): MetricName => ({ metric: 'ContainerCapacity', taskSize: size.name })),
  ...TASK_SIZES.map((size): MetricName => ({ metric: 'IdleHostCapacity', taskSize: size.name })),
];

/** A step as it was seen, before the metrics are read back. */
type Seen = Omit<Moment, 'published'> & { readonly firstSecond: number; readonly lastSecond: number };

/**
 * Plays the demo: the local endpoint, the bundled function in a process of its own, one invocation an event.
 *
 * Every step has a second to itself, so that the metrics' finest resolution tells the steps apart.
 *
 * @throws {DemoError} when an invocation of the function fails
 */
export async function play(onProgress: OnProgress): Promise<readonly Moment[]> {
  const pending: EcsEvent[] = [];
  const endpoint = await startLocalEndpoint({ services: [createCloudWatch()], onEvent: (event) => pending.push(event) });
  try {
    const capacityFunction = await startCapacityFunction(endpoint);
    try {
      const start = new Date();
      const seen = await playSteps({ endpoint, capacityFunction, start, onProgress, takeEvents: () => pending.splice(0) });
      onProgress(STEPS.length, STEPS.length, 'reading the metrics back');
      return await readBack(endpoint, seen, start);
    } finally {
      await capacityFunction.close();
    }
  } finally {
    await endpoint.close();
  }
}

function startCapacityFunction(endpoint: LocalEndpoint): Promise<LambdaFunction> {
  return startLambdaFunction({
    codePath: require.resolve('@plimsoll/capacity-lambda/bundle'),
    functionName: 'demo-capacity',
    region: endpoint.region,
    timeoutSeconds: 10,
    environment: {
      AWS_ENDPOINT_URL: endpoint.url,
      PLIMSOLL_TASK_SIZES: JSON.stringify(TASK_SIZES),
      PLIMSOLL_METRIC_NAMESPACE: NAMESPACE,
      PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1',
    },
  });
}

/** What the steps are played with. */
interface Stage {
  readonly endpoint: LocalEndpoint;
  readonly capacityFunction: LambdaFunction;
  readonly start: Date;
  readonly onProgress: OnProgress;
  /** Events since the last call. */
  readonly takeEvents: () => readonly EcsEvent[];
}

async function playSteps({ endpoint, capacityFunction, start, onProgress, takeEvents }: Stage): Promise<readonly Seen[]> {
  const cluster = new DemoCluster(endpoint);
  try {
    await cluster.create();
    const seen: Seen[] = [];
    const startSecond = secondOf(start);
    for (const [index, step] of STEPS.entries()) {
      onProgress(index, STEPS.length, step.title);
      await secondAfter(seen.at(-1)?.lastSecond ?? startSecond);
      const firstSecond = secondOf(new Date());
      const refusals = await perform(cluster, step);
      const events = takeEvents().filter((event) => event['detail-type'] === CONTAINER_INSTANCE_STATE_CHANGE);
      for (const event of events) await invoke(capacityFunction, event, step);
      const lastSecond = secondOf(new Date());
      const numbers = answers(await cluster.describe());
      seen.push({
        title: step.title,
        seconds: lastSecond - startSecond,
        events: events.length,
        refusals,
        ...numbers,
        firstSecond,
        lastSecond,
      });
    }
    return seen;
  } finally {
    cluster.close();
  }
}

async function invoke(capacityFunction: LambdaFunction, event: EcsEvent, step: Step): Promise<void> {
  const result = await capacityFunction.invoke(event);
  if (result.ok) return;
  throw new DemoError('FUNCTION_FAILED', `the capacity function failed at "${step.title}": ${result.error.message}`, result.logs);
}

function secondOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

async function perform(cluster: DemoCluster, step: Step): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const action of step.actions) refusals.push(...(await cluster.perform(action)));
  return refusals;
}

async function secondAfter(second: number): Promise<void> {
  while (secondOf(new Date()) <= second) await sleep((second + 1) * 1000 - Date.now());
}

async function readBack(endpoint: LocalEndpoint, seen: readonly Seen[], start: Date): Promise<readonly Moment[]> {
  const end = new Date(((seen.at(-1)?.lastSecond ?? 0) + 1) * 1000);
  const series = await readMetrics(endpoint, NAMES, new Date(secondOf(start) * 1000), end);
  let published: Numbers | null = null;
  return seen.map(({ firstSecond, lastSecond, ...moment }) => {
    // A step that changed no host published nothing: what stands is what was published last.
    if (moment.events > 0) published = numbersAt(series, firstSecond, lastSecond);
    return { ...moment, published };
  });
}

/** The numbers of a step: what its last second holds, if every other second of the step that holds any agrees. */
function numbersAt(series: readonly Series[], firstSecond: number, lastSecond: number): Numbers | null {
  const bySecond = Array.from({ length: lastSecond - firstSecond + 1 }, (_, index) => series.map((one) => one.get(firstSecond + index)));
  const published = bySecond.filter((values) => values.some((value) => value !== undefined));
  const last = published.at(-1);
  if (last === undefined) return null;
  const agreed = last.map((value, index) =>
    value !== undefined && published.every((values) => values[index] === value) ? value : Number.NaN,
  );
  const [containerCapacity = Number.NaN, idleHostCapacity = Number.NaN, ...rest] = agreed;
  return { containerCapacity, idleHostCapacity, bySize: rest.slice(0, TASK_SIZES.length), idleBySize: rest.slice(TASK_SIZES.length) };
}
