import type { Host } from './ecs-state.js';
import type { HostResource } from './host-resources.js';

/** A resource as the API answers it: the value fields that do not apply are zeros. */
export interface DescribedResource {
  /** Name. */
  readonly name: string;
  /** Which value counts. */
  readonly type: HostResource['type'];
  /** 0 unless `type` is DOUBLE. */
  readonly doubleValue: number;
  /** 0 unless `type` is LONG. */
  readonly longValue: number;
  /** 0 unless `type` is INTEGER. */
  readonly integerValue: number;
  /** Members of a STRINGSET; absent otherwise. */
  readonly stringSetValue?: readonly string[];
}

/** A container instance in the shape of `ContainerInstance` in DescribeContainerInstances. */
export function describeHost(host: Host, include: { readonly tags: boolean }): Readonly<Record<string, unknown>> {
  const tasks = [...host.tasks.values()];
  return {
    containerInstanceArn: host.arn,
    ec2InstanceId: host.ec2InstanceId,
    version: host.version,
    ...(host.versionInfo === undefined ? {} : { versionInfo: { ...host.versionInfo } }),
    remainingResources: host.remaining.map(describeResource),
    registeredResources: host.registered.map(describeResource),
    status: host.status,
    agentConnected: host.agentConnected,
    runningTasksCount: tasks.filter((task) => task.lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter((task) => task.lastStatus === 'PENDING').length,
    attributes: host.attributes.map((attribute) => ({ ...attribute })),
    registeredAt: epochSeconds(host.registeredAt),
    attachments: [],
    tags: include.tags ? host.tags.map((tag) => ({ ...tag })) : [],
  };
}

/** A moment as JSON 1.1 carries it: seconds since 1970, with milliseconds as a fraction. */
export function epochSeconds(moment: Date): number {
  return moment.getTime() / 1000;
}

function describeResource(resource: HostResource): DescribedResource {
  const value = resource.type === 'STRINGSET' ? 0 : resource.value;
  const zeros = {
    name: resource.name,
    type: resource.type,
    doubleValue: resource.type === 'DOUBLE' ? value : 0,
    longValue: resource.type === 'LONG' ? value : 0,
    integerValue: resource.type === 'INTEGER' ? value : 0,
  };
  return resource.type === 'STRINGSET' ? { ...zeros, stringSetValue: [...resource.values] } : zeros;
}
