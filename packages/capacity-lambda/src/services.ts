import type { Deployment, Service } from '@aws-sdk/client-ecs';

/** What a decision reads of a service: AWS's own record, declared structurally. */
export type ServiceRecord = Pick<
  Service,
  | 'serviceName'
  | 'schedulingStrategy'
  | 'launchType'
  | 'capacityProviderStrategy'
  | 'taskDefinition'
  | 'desiredCount'
  | 'placementConstraints'
  | 'status'
> & {
  /** Its deployments, as far as they are read; absent where the service has none of its own. */
  readonly deployments?: ReadonlyArray<Pick<Deployment, 'status' | 'desiredCount' | 'runningCount' | 'pendingCount'>> | undefined;
};

/** The group that tasks of a service belong to. */
export function groupOf({ serviceName = '' }: ServiceRecord): string {
  return `service:${serviceName}`;
}

/**
 * Whether the service starts one task on each host.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html (`schedulingStrategy`)
 */
export function isDaemon({ schedulingStrategy }: ServiceRecord): boolean {
  return schedulingStrategy === 'DAEMON';
}

/**
 * Whether the service places its tasks on the cluster's own hosts: it is active, and not on Fargate.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html (`status`, `launchType`)
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html (`FARGATE`, `FARGATE_SPOT`)
 */
export function isOnHosts({ status, launchType, capacityProviderStrategy = [] }: ServiceRecord): boolean {
  if (status !== 'ACTIVE' || launchType === 'FARGATE') return false;
  return (
    capacityProviderStrategy.length === 0 ||
    capacityProviderStrategy.some(({ capacityProvider }) => !capacityProvider?.startsWith('FARGATE'))
  );
}
