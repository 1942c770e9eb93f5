import { setTimeout as sleep } from 'node:timers/promises';
import { CONTAINER_INSTANCE_STATE_CHANGE } from '@plimsoll/event-schemas/container-instance-state-change';
import { createCloudWatch, type EcsEvent, type LocalEndpoint, startLambdaFunction, startLocalEndpoint } from '@plimsoll/simulator';
import { DemoCluster } from './cluster.js';
import { DemoError } from './demo-error.js';
import { type MetricName, NAMESPACE, readMetrics, type Series } from './metrics.js';
import { STEPS, type Step, TASK_SIZES } from './scenario.js';
import { answers, type Moment, type Numbers } from './story.js';

/** Told how far the demo is. */
export type OnProgress = (done: number, total: number, title: string) => void;

const NAMES: readonly MetricName[] = [
  { metric: 'ContainerCapacity' },
  { metric: 'IdleHostCapacity' },
  ...TASK_SIZES.map((size): MetricName => ({ metric: 'ContainerCapacity', taskSize: size.name })),
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
  const cluster = new DemoCluster(endpoint);
  const capacityFunction = await startLambdaFunction({
    codePath: require.resolve('@plimsoll/capacity-lambda/bundle'),
    functionName: 'demo-capacity',
    timeoutSeconds: 10,
    environment: {
      ...endpoint.environment,
      PLIMSOLL_TASK_SIZES: JSON.stringify(TASK_SIZES),
      PLIMSOLL_METRIC_NAMESPACE: NAMESPACE,
      PLIMSOLL_STORAGE_RESOLUTION_SECONDS: '1',
    },
  });
  try {
    await cluster.create();
    const start = new Date();
    const seen: Seen[] = [];
    for (const [index, step] of STEPS.entries()) {
      onProgress(index, STEPS.length, step.title);
      await secondAfter(seen.at(-1)?.lastSecond ?? Math.floor(start.getTime() / 1000));
      const firstSecond = Math.floor(Date.now() / 1000);
      const refusals = await perform(cluster, step);
      const events = pending.splice(0).filter((event) => event['detail-type'] === CONTAINER_INSTANCE_STATE_CHANGE);
      for (const event of events) {
        const result = await capacityFunction.invoke(event);
        if (!result.ok)
          throw new DemoError('FUNCTION_FAILED', `the capacity function failed at "${step.title}": ${result.error.message}`, result.logs);
      }
      const lastSecond = Math.floor(Date.now() / 1000);
      const seconds = lastSecond - Math.floor(start.getTime() / 1000);
      seen.push({
        title: step.title,
        seconds,
        events: events.length,
        refusals,
        ...answers(await cluster.describe()),
        firstSecond,
        lastSecond,
      });
    }
    onProgress(STEPS.length, STEPS.length, 'reading the metrics back');
    return await readBack(endpoint, seen, start);
  } finally {
    cluster.close();
    await capacityFunction.close();
    await endpoint.close();
  }
}

async function perform(cluster: DemoCluster, step: Step): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const action of step.actions) refusals.push(...(await cluster.perform(action)));
  return refusals;
}

async function secondAfter(second: number): Promise<void> {
  while (Math.floor(Date.now() / 1000) <= second) await sleep((second + 1) * 1000 - Date.now());
}

async function readBack(endpoint: LocalEndpoint, seen: readonly Seen[], start: Date): Promise<readonly Moment[]> {
  const end = new Date(((seen.at(-1)?.lastSecond ?? 0) + 1) * 1000);
  const series = await readMetrics(endpoint, NAMES, new Date(Math.floor(start.getTime() / 1000) * 1000), end);
  let published: Numbers | null = null;
  return seen.map(({ firstSecond, lastSecond, ...moment }) => {
    // A step that changed no host published nothing: what stands is what was published last.
    if (moment.events > 0) published = numbersAt(series, firstSecond, lastSecond);
    return { ...moment, published };
  });
}

function numbersAt(series: readonly Series[], firstSecond: number, lastSecond: number): Numbers | null {
  for (let second = lastSecond; second >= firstSecond; second -= 1) {
    const values = series.map((one) => one.get(second));
    const [containerCapacity, idleHostCapacity, ...bySize] = values;
    if (containerCapacity === undefined || idleHostCapacity === undefined) continue;
    return { containerCapacity, idleHostCapacity, bySize: bySize.map((value) => value ?? Number.NaN) };
  }
  return null;
}
