import { resourceRecords } from '@plimsoll/test-support';

/** A container instance in a few numbers; what is left out is an empty small host. */
export interface HostNumbers {
  readonly id: string;
  readonly cluster?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly registeredCpu?: number;
  readonly registeredMemory?: number;
  readonly tcp?: readonly number[];
  readonly udp?: readonly number[];
  readonly gpus?: number;
  readonly status?: string;
  readonly agentConnected?: boolean;
  readonly version?: number;
}

const PREFIX = 'arn:aws:ecs:us-east-1:111122223333';

/** ARN of the cluster. */
export function clusterArn(name: string): string {
  return `${PREFIX}:cluster/${name}`;
}

/** ARN of the host, in the format that names the cluster. */
export function hostArn({ id, cluster = 'demo' }: Pick<HostNumbers, 'id' | 'cluster'>): string {
  return `${PREFIX}:container-instance/${cluster}/${id}`;
}

/** ARN of the host in the older format. */
export function oldHostArn(id: string): string {
  return `${PREFIX}:container-instance/${id}`;
}

/** A record as DescribeContainerInstances gives it. The small host of the worked examples has 1024 CPU units and 993 MiB. */
export function record(host: HostNumbers): Record<string, unknown> {
  const { registeredCpu = 1024, registeredMemory = 993, cpu = registeredCpu, memory = registeredMemory } = host;
  const { tcp = [], udp = [] } = host;
  const gpus = host.gpus ? Array.from({ length: host.gpus }, (_, index) => `gpu-${index}`) : undefined;
  const registered = { cpuUnits: registeredCpu, memoryMiB: registeredMemory, tcpPorts: [22], gpus };
  const remaining = { cpuUnits: cpu, memoryMiB: memory, tcpPorts: [22, ...tcp], udpPorts: udp, gpus };
  return {
    containerInstanceArn: hostArn(host),
    ec2InstanceId: `i-${host.id}`,
    version: host.version ?? 1,
    status: host.status ?? 'ACTIVE',
    agentConnected: host.agentConnected ?? true,
    registeredResources: resourceRecords(registered, { zeros: true }),
    remainingResources: resourceRecords(remaining, { zeros: true }),
  };
}

/** What `aws ecs describe-container-instances` prints. */
export function described(hosts: readonly HostNumbers[], failures: readonly unknown[] = []): Record<string, unknown> {
  return { containerInstances: hosts.map(record), failures };
}

/** A Container Instance State Change event as EventBridge delivers it. */
export function event(host: HostNumbers, time = '2026-01-01T00:00:00Z'): Record<string, unknown> {
  const { cluster = 'demo' } = host;
  return {
    version: '0',
    id: `${host.id}-${host.version ?? 1}`,
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    account: '111122223333',
    time,
    region: 'us-east-1',
    resources: [hostArn(host)],
    detail: { ...record(host), clusterArn: clusterArn(cluster) },
  };
}

/** An event about a task. */
export function taskEvent(): Record<string, unknown> {
  return {
    ...event({ id: 'x' }),
    'detail-type': 'ECS Task State Change',
    detail: { taskArn: `${PREFIX}:task/demo/1`, lastStatus: 'RUNNING' },
  };
}
