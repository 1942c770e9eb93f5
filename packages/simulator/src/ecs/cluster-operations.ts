import { accepted, invalidParameter } from './ecs-error.js';
import type { Cluster, EcsState } from './ecs-state.js';
import { arnOf, DEFAULT_CLUSTER, findCluster, NAME_PATTERN } from './identifiers.js';
import type { EcsRequest } from './request-schemas.js';
import type { EcsOperation } from './transition.js';

/** Most names or ARNs of one describe call (SDK model, the Describe requests). */
export const MOST_DESCRIBED = 100;

/** Creates a cluster; one of the name that exists already is answered as it is. */
export const createCluster: EcsOperation<EcsRequest<'CreateCluster'>> = (state, request) => {
  const name = request.clusterName ?? DEFAULT_CLUSTER;
  if (!NAME_PATTERN.test(name)) {
    return invalidParameter('clusterName must be 1 to 255 letters, digits, hyphens or underscores');
  }
  const [capacityProviders, defaultStrategy] = [request.capacityProviders ?? [], request.defaultCapacityProviderStrategy ?? []];
  const unknown = defaultStrategy.find(({ capacityProvider }) => !capacityProviders.includes(capacityProvider ?? ''));
  if (unknown !== undefined) {
    return invalidParameter(`${unknown.capacityProvider ?? 'no name'} is not among the cluster's capacity providers; name it there too`);
  }
  const existing = state.clusters.get(name);
  const cluster: Cluster = existing ?? {
    name,
    arn: arnOf(state.settings, 'cluster', name),
    tags: request.tags ?? [],
    settings: request.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders,
    defaultStrategy,
    hosts: new Map(),
    tasks: new Map(),
    services: new Map(),
    stoppedTasks: [],
    inactiveHosts: [],
    runs: new Map(),
  };
  state.clusters.set(name, cluster);
  return accepted({ cluster: describeCluster(cluster, ['SETTINGS', 'TAGS']) });
};

/** Describes clusters; without names, the one called `default`. */
export const describeClusters: EcsOperation<EcsRequest<'DescribeClusters'>> = (state, request) => {
  const wanted = request.clusters === undefined || request.clusters.length === 0 ? [DEFAULT_CLUSTER] : request.clusters;
  if (wanted.length > MOST_DESCRIBED) {
    return invalidParameter(`clusters has ${wanted.length} entries; name at most ${MOST_DESCRIBED}`);
  }
  const found = wanted.map((name) => ({ name, cluster: findCluster(state, name) }));
  return accepted({
    clusters: found.flatMap(({ cluster }) => (cluster.ok ? [describeCluster(cluster.value, request.include ?? [])] : [])),
    failures: found.flatMap(({ name, cluster }) => (cluster.ok ? [] : [{ arn: clusterArn(state, name), reason: 'MISSING' }])),
  });
};

function clusterArn(state: EcsState, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(state.settings, 'cluster', nameOrArn);
}

function describeCluster(cluster: Cluster, include: readonly string[]): Readonly<Record<string, unknown>> {
  const hosts = [...cluster.hosts.values()].filter(({ status }) => status !== 'INACTIVE');
  const tasks = [...cluster.tasks.values()];
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: hosts.length,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING').length,
    activeServicesCount: [...cluster.services.values()].filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: include.includes('TAGS') ? cluster.tags : [],
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultStrategy,
  };
}
