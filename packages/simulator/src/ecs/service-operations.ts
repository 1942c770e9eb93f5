import { describeService } from './describe-service.js';
import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import type { Cluster, EcsState, Service } from './ecs-state.js';
import { findCluster, findService, missingArn } from './identifiers.js';
import { pageOf } from './pagination.js';
import type { EcsRequest } from './request-schemas.js';
import type { EcsOperation } from './transition.js';

/** Services on a page where `maxResults` says nothing (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html). */
const USUAL_PAGE = 10;
/** Most services of one describe call (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html). */
const MOST_SERVICES = 10;

const LAUNCH_TYPES = ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'];
const STRATEGIES = ['REPLICA', 'DAEMON'];

/**
 * Lists the ARNs of services in the order they were set.
 *
 * One that drains or is INACTIVE is not listed (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html).
 */
export const listServices: EcsOperation<EcsRequest<'ListServices'>> = (state, request) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const { launchType, schedulingStrategy, maxResults = USUAL_PAGE, nextToken } = request;
  const wrong = unknownFilter({ launchType, schedulingStrategy });
  if (wrong !== undefined) {
    return invalidParameter(wrong);
  }
  const wanted = [...cluster.value.services.values()].filter(
    (service) =>
      service.status === 'ACTIVE' &&
      (launchType === undefined || service.launchType === launchType) &&
      (schedulingStrategy === undefined || service.schedulingStrategy === schedulingStrategy),
  );
  const filters = JSON.stringify(['services', cluster.value.name, launchType, schedulingStrategy]);
  const page = pageOf(wanted, { maxResults, filters, ...(nextToken === undefined ? {} : { nextToken }) });
  if (!page.ok) {
    return page;
  }
  const { items, nextToken: next } = page.value;
  return accepted({ serviceArns: items.map(({ arn }) => arn), ...(next === undefined ? {} : { nextToken: next }) });
};

/** Describes up to 10 services by name or ARN; one that is not there is a failure MISSING. */
export const describeServices: EcsOperation<EcsRequest<'DescribeServices'>> = (state, request) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const wanted = [...new Set(request.services ?? [])];
  if (wanted.length === 0) {
    return invalidParameter('Services cannot be empty.');
  }
  if (wanted.length > MOST_SERVICES) {
    return invalidParameter(`services has ${wanted.length} entries; name at most ${MOST_SERVICES}`);
  }
  return lookUp(state, cluster.value, wanted);
};

function lookUp(state: EcsState, cluster: Cluster, wanted: readonly string[]): EcsResult<{ services: object[]; failures: object[] }> {
  const services = new Set<Service>();
  const failures = [];
  for (const nameOrArn of wanted) {
    const service = findService(cluster, nameOrArn);
    if (service === undefined) {
      failures.push({ arn: missingArn(state, 'service', { cluster, idOrArn: nameOrArn }), reason: 'MISSING' });
    } else {
      services.add(service);
    }
  }
  return accepted({ services: [...services].map((service) => describeService(cluster, service)), failures });
}

function unknownFilter(filters: { launchType: string | undefined; schedulingStrategy: string | undefined }): string | undefined {
  const { launchType, schedulingStrategy } = filters;
  if (launchType !== undefined && !LAUNCH_TYPES.includes(launchType)) {
    return `launchType is ${launchType}; use one of ${LAUNCH_TYPES.join(', ')}`;
  }
  if (schedulingStrategy !== undefined && !STRATEGIES.includes(schedulingStrategy)) {
    return `schedulingStrategy is ${schedulingStrategy}; use one of ${STRATEGIES.join(', ')}`;
  }
  return undefined;
}
