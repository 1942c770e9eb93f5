// The algorithm that the side-by-side run compares with, written anew from its description: on each event, the first page of the
// cluster's hosts, sums over all of them for CPU and for memory, and the lesser. Its idle hosts are measured by the event's host.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeContainerInstancesCommand, ECSClient, ListContainerInstancesCommand } from '@aws-sdk/client-ecs';

const CPU_UNITS = Number(process.env.TASK_CPU_UNITS);
const MEMORY_MIB = Number(process.env.TASK_MEMORY_MIB);
// As many tries as boto3's default makes.
const client = { credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 5 };
const ecs = new ECSClient(client);
const cloudWatch = new CloudWatchClient(client);

const amount = (resources, name) => resources.find((resource) => resource.name === name)?.integerValue ?? 0;

export async function handler({ detail }) {
  // Not part of the algorithm: tells the benchmark which state the numbers came from.
  const Timestamp = new Date();
  const { clusterArn: cluster, registeredResources } = detail;
  const { containerInstanceArns: containerInstances } = await ecs.send(new ListContainerInstancesCommand({ cluster }));
  const described = await ecs.send(new DescribeContainerInstancesCommand({ cluster, containerInstances }));
  const hosts = described.containerInstances.filter(({ status }) => status === 'ACTIVE');
  const fits = (name, size) => hosts.reduce((sum, host) => sum + Math.floor(amount(host.remainingResources, name) / size), 0);
  const cpu = fits('CPU', CPU_UNITS);
  const memory = fits('MEMORY', MEMORY_MIB);
  const perHost = (name, size) => Math.floor(amount(registeredResources, name) / size);
  const idle = Math.min(cpu / perHost('CPU', CPU_UNITS), memory / perHost('MEMORY', MEMORY_MIB));
  const Dimensions = [{ Name: 'ClusterName', Value: cluster.split('/').at(-1) }];
  const datum = (MetricName, Value) => ({ MetricName, Dimensions, Timestamp, Value });
  const MetricData = [datum('ContainerCapacity', Math.min(cpu, memory)), datum('IdleHostCapacity', idle)];
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Pooled/ECS', MetricData }));
}
