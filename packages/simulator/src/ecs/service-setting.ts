import type { CapacityProviderItem, EcsState, LaunchType, Service } from './ecs-state.js';
import { nextSequence } from './ecs-state.js';
import { arnOf, findCluster } from './identifiers.js';
import { findTaskDefinition } from './task-definition-operations.js';

/** A service as it is to be shown; nothing starts or stops its tasks. */
export interface ServiceSetting {
  /** Cluster, by name or ARN. @default 'default' */
  readonly cluster?: string;
  /** Name: 1 to 255 letters, digits, hyphens or underscores. Its tasks are those of the group `service:<name>`. */
  readonly serviceName: string;
  /** Task definition by family, `family:revision` or ARN. */
  readonly taskDefinition: string;
  /** Tasks wanted. Integer, at least 0. @default 1 */
  readonly desiredCount?: number;
  /** @default 'REPLICA' */
  readonly schedulingStrategy?: 'REPLICA' | 'DAEMON';
  /** @default 'EC2', or none beside a strategy */
  readonly launchType?: LaunchType;
  /** @default none */
  readonly capacityProviderStrategy?: readonly CapacityProviderItem[];
  /** @default none */
  readonly placementConstraints?: Service['placementConstraints'];
  /** @default none */
  readonly placementStrategy?: Service['placementStrategy'];
  /** @default 'ACTIVE' */
  readonly status?: Service['status'];
}

/** Shows a service, or shows the one of that name otherwise than before; what is missing is named where it cannot be. */
export function setService(state: EcsState, setting: ServiceSetting, now: Date): { readonly missing: string } | undefined {
  const cluster = findCluster(state, setting.cluster);
  const definition = findTaskDefinition(state, setting.taskDefinition);
  const { serviceName: name, capacityProviderStrategy = [] } = setting;
  if (!cluster.ok) {
    return { missing: `cluster ${setting.cluster ?? 'default'}` };
  }
  if (definition === undefined) {
    return { missing: `task definition ${setting.taskDefinition}` };
  }
  const before = cluster.value.services.get(name);
  const launchType = setting.launchType ?? (capacityProviderStrategy.length === 0 ? 'EC2' : undefined);
  cluster.value.services.set(name, {
    name,
    arn: arnOf(state.settings, 'service', `${cluster.value.name}/${name}`),
    sequence: before?.sequence ?? nextSequence(state),
    createdAt: before?.createdAt ?? now,
    definition,
    desiredCount: setting.desiredCount ?? 1,
    schedulingStrategy: setting.schedulingStrategy ?? 'REPLICA',
    launchType,
    capacityProviderStrategy,
    placementConstraints: setting.placementConstraints ?? [],
    placementStrategy: setting.placementStrategy ?? [],
    status: setting.status ?? 'ACTIVE',
  });
  return undefined;
}
