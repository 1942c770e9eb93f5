import { MOST_DESCRIBED } from './cluster-operations.js';
import { describeHost } from './describe-host.js';
import { accepted, invalidParameter, refused } from './ecs-error.js';
import { hostChanged } from './ecs-event.js';
import type { Cluster, EcsState, Host } from './ecs-state.js';
import { findCluster, findHost, missingArn } from './identifiers.js';
import { pageOf } from './pagination.js';
import type { EcsRequest } from './request-schemas.js';
import type { EcsOperation } from './transition.js';

/** Most container instances of one UpdateContainerInstancesState (SDK model, `UpdateContainerInstancesStateRequest`). */
const MOST_UPDATED = 10;

/** Values of `status` in a listing (SDK model, `ContainerInstanceStatus`). */
const STATUSES = ['ACTIVE', 'DRAINING', 'REGISTERING', 'DEREGISTERING', 'REGISTRATION_FAILED'];

/** Lists container instances in order of registration; without `status`, all but INACTIVE ones. */
export const listContainerInstances: EcsOperation<EcsRequest<'ListContainerInstances'>> = (state, request) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  if (request.filter !== undefined && request.filter !== '') {
    return invalidParameter('filter is not modelled: this endpoint has no cluster query language; leave it out and filter the answer');
  }
  const { status } = request;
  if (status !== undefined && !STATUSES.includes(status)) {
    return invalidParameter(`status is ${status}; use one of ${STATUSES.join(', ')}`);
  }
  const filters = JSON.stringify(['hosts', cluster.value.name, status ?? '']);
  const page = pageOf(matching(cluster.value, status), { ...request, filters });
  if (!page.ok) {
    return page;
  }
  const { items, nextToken } = page.value;
  return accepted({ containerInstanceArns: items.map(({ arn }) => arn), ...(nextToken === undefined ? {} : { nextToken }) });
};

/** Describes up to 100 container instances; one that is not there is a failure MISSING. */
export const describeContainerInstances: EcsOperation<EcsRequest<'DescribeContainerInstances'>> = (state, request) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const wanted = [...new Set(request.containerInstances ?? [])];
  if (wanted.length === 0) {
    return invalidParameter('Container instances cannot be empty.');
  }
  if (wanted.length > MOST_DESCRIBED) {
    return invalidParameter(`containerInstances has ${wanted.length} entries; name at most ${MOST_DESCRIBED}`);
  }
  const { found, failures } = look(state, cluster.value, wanted);
  const tags = request.include?.includes('TAGS') === true;
  return accepted({ containerInstances: found.map((host) => describeHost(host, { tags })), failures });
};

/** Sets container instances to ACTIVE or DRAINING; one that has the status already does not change. */
export const updateContainerInstancesState: EcsOperation<EcsRequest<'UpdateContainerInstancesState'>> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const wanted = [...new Set(request.containerInstances ?? [])];
  if (wanted.length === 0 || wanted.length > MOST_UPDATED) {
    return invalidParameter(`containerInstances has ${wanted.length} entries; name 1 to ${MOST_UPDATED}`);
  }
  const { status } = request;
  if (status !== 'ACTIVE' && status !== 'DRAINING') {
    return refused('InvalidParameterException', `status is ${status ?? 'missing'}; use ACTIVE or DRAINING`);
  }
  const { found, failures } = look(state, cluster.value, wanted);
  const registered = found.filter((host) => host.status !== 'INACTIVE');
  for (const host of registered.filter((candidate) => candidate.status !== status)) {
    host.status = status;
    hostChanged({ state, cluster: cluster.value }, host, transition);
  }
  const inactive = found.filter((host) => host.status === 'INACTIVE').map(({ arn }) => ({ arn, reason: 'INACTIVE' }));
  return accepted({
    containerInstances: registered.map((host) => describeHost(host, { tags: false })),
    failures: [...failures, ...inactive],
  });
};

function* matching(cluster: Cluster, status: string | undefined): Generator<Host> {
  for (const host of cluster.hosts.values()) {
    if (status === undefined ? host.status !== 'INACTIVE' : host.status === status) {
      yield host;
    }
  }
}

function look(
  state: EcsState,
  cluster: Cluster,
  wanted: readonly string[],
): { found: Host[]; failures: { arn: string; reason: string }[] } {
  const found = new Set<Host>();
  const failures = [];
  for (const idOrArn of wanted) {
    const host = findHost(cluster, idOrArn);
    if (host === undefined) {
      failures.push({ arn: missingArn(state, 'container-instance', { cluster, idOrArn }), reason: 'MISSING' });
    } else {
      found.add(host);
    }
  }
  return { found: [...found], failures };
}
