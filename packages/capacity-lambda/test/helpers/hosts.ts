import type { ContainerInstance, Resource } from '@aws-sdk/client-ecs';
import { resourceRecords } from '@plimsoll/test-support';

/** A cluster of the synthetic account. */
export function clusterArn(name: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:cluster/${name}`;
}

/** What a test says about a host; the rest is an empty m4.large. */
export interface HostOptions {
  readonly cluster?: string;
  readonly cpuUnits?: number;
  readonly memoryMiB?: number;
  readonly status?: string;
  readonly agentConnected?: boolean;
  readonly version?: number;
}

/** A container instance as DescribeContainerInstances writes it, zeros and all. */
export function host(number: number, options: HostOptions = {}): ContainerInstance {
  const id = number.toString(16).padStart(32, '0');
  return {
    containerInstanceArn: `arn:aws:ecs:eu-west-1:111122223333:container-instance/${options.cluster ?? 'demo'}/${id}`,
    ec2InstanceId: `i-${id.slice(-17)}`,
    version: options.version ?? 1,
    status: options.status ?? 'ACTIVE',
    agentConnected: options.agentConnected ?? true,
    registeredResources: resources(2048, 7985),
    remainingResources: resources(options.cpuUnits ?? 2048, options.memoryMiB ?? 7985),
  };
}

/** Hosts numbered from 1. */
export function hosts(count: number, options: HostOptions = {}): ContainerInstance[] {
  return Array.from({ length: count }, (_, index) => host(index + 1, options));
}

/** The event ECS sends about a container instance. */
export function stateChange(record: ContainerInstance, cluster = 'demo'): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    account: '111122223333',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [record.containerInstanceArn],
    detail: { ...record, clusterArn: clusterArn(cluster) },
  };
}

function resources(cpuUnits: number, memoryMiB: number): Resource[] {
  return resourceRecords({ cpuUnits, memoryMiB, tcpPorts: [22, 2375, 51678] }, { zeros: true });
}
