import { createCloudWatch, type LambdaFunction, type MetricStore, startLambdaFunction, startLocalEndpoint } from '@plimsoll/simulator';
import { askPlimsoll } from './ask-plimsoll.js';
import { functionEnvironment } from './function-environment.js';
import { CLUSTER, createCluster, joinHost, runWeb } from './harbour.js';

/** What the schedule's rule sends the function each minute. */
const LOOK = {
  version: '0',
  id: '6f2c9a34-54cf-4a0f-8f1c-1c7c6f2d8a11',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '111122223333',
  region: 'us-east-1',
  resources: [],
  detail: { clusterArn: `arn:aws:ecs:us-east-1:111122223333:cluster/${CLUSTER}` },
};

/** Plays three moments of the cluster; the exit status is 1 where the program and the function disagree. */
async function main(): Promise<number> {
  const cloudWatch = createCloudWatch();
  const endpoint = await startLocalEndpoint({ services: [cloudWatch] });
  const lambda = await startLambdaFunction({
    codePath: require.resolve('@plimsoll/capacity-lambda/bundle'),
    environment: { ...functionEnvironment(CLUSTER), AWS_ENDPOINT_URL: endpoint.url },
    timeoutSeconds: 60,
    memorySizeMiB: 256,
  });
  const moments: ReadonlyArray<readonly [string, () => void]> = [
    ['two hosts, no task', () => [joinHost(endpoint), joinHost(endpoint)]],
    ['a task of web on each', () => [runWeb(endpoint), runWeb(endpoint)]],
    ['a third host joins', () => joinHost(endpoint)],
  ];
  try {
    createCluster(endpoint);
    let agreed = true;
    for (const [title, happen] of moments) {
      happen();
      const published = await look(lambda, cloudWatch.store);
      const parameters = ['capacity', '--cluster', CLUSTER, '--task-size', 'web=250:400,tcp=8080', '--require', '1', '--explain'];
      const { status, stdout } = await askPlimsoll(endpoint.url, ...parameters);
      console.log(`\n== ${title}\n\n$ plimsoll ${parameters.join(' ')}\n${stdout.trimEnd()}\n(exit status ${status})\n`);
      console.log(`published: ContainerCapacity of web ${published.web}, HostsShort ${published.hostsShort}`);
      agreed &&= stdout.includes(`room for ${published.web} more task`) && status === (published.web === 0 ? 1 : 0);
    }
    console.log(agreed ? '\nprogram and function say the same' : '\nprogram and function disagree');
    return agreed ? 0 : 1;
  } finally {
    await lambda.close();
    await endpoint.close();
  }
}

/** Lets the function look at the cluster; gives the newest of what it published. */
async function look(lambda: LambdaFunction, store: MetricStore) {
  const result = await lambda.invoke({ ...LOOK, time: new Date().toISOString() });
  if (!result.ok) console.error(result.error.message);
  const newest = (name: string, ...dimensions: ReadonlyArray<{ readonly name: string; readonly value: string }>) =>
    store.points({ namespace: 'Plimsoll/ECS', name, dimensions: [{ name: 'ClusterName', value: CLUSTER }, ...dimensions] }).at(-1)
      ?.statistics.maximum;
  return { web: newest('ContainerCapacity', { name: 'TaskSize', value: 'web' }), hostsShort: newest('HostsShort') };
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`example: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 3;
  },
);
