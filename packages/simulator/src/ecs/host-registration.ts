import { describeHost } from './describe-host.js';
import { accepted, type EcsResult, invalidParameter, refused } from './ecs-error.js';
import { hostAppeared, hostChanged } from './ecs-event.js';
import { type Cluster, type EcsState, type Host, type HostAttribute, nextSequence, valuesByName } from './ecs-state.js';
import { arnOf, findCluster, findHost, freshId } from './identifiers.js';
import { type InstanceIdentity, readIdentityDocument } from './identity-document.js';
import { readResources } from './registered-resources.js';
import type { EcsRequest } from './request-schemas.js';
import { sameContent } from './same-content.js';
import { endTask } from './task-lifecycle.js';
import type { EcsOperation, Transition } from './transition.js';

type Registration = EcsRequest<'RegisterContainerInstance'>;

/** Why tasks stop when their host is deregistered by force: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html. */
const FORCED = 'Container instance deregistration forced by user';

/**
 * Registers a container instance, or renews one whose ARN is given.
 *
 * The agent counts as connected from here on. ECS answers a cluster that is not
 * there with ClientException in this one operation: its model lists no
 * ClusterNotFoundException.
 */
export const registerContainerInstance: EcsOperation<Registration> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return refused('ClientException', cluster.error.message);
  }
  const identity = readIdentityDocument(request.instanceIdentityDocument);
  if (identity === undefined) {
    return refused('ClientException', 'instanceIdentityDocument is not a JSON object; pass the document as EC2 gives it');
  }
  const resources = readResources(request.totalResources ?? []);
  if (!resources.ok) {
    return resources;
  }
  const attributes = readAttributes(request.attributes ?? [], identity);
  if (!attributes.ok) {
    return attributes;
  }
  const place = { state, cluster: cluster.value };
  const given = { request, attributes: attributes.value };
  if (request.containerInstanceArn !== undefined && request.containerInstanceArn !== '') {
    return renew(place, { ...given, arn: request.containerInstanceArn, resources: resources.value }, transition);
  }
  const host = newHost(place, { ...given, identity, resources: resources.value }, transition);
  cluster.value.hosts.set(host.id, host);
  hostAppeared(place, host, transition);
  return accepted({ containerInstance: describeHost(host, { tags: true }) });
};

/** Deregisters a container instance: it becomes INACTIVE and stays describable. */
export const deregisterContainerInstance: EcsOperation<EcsRequest<'DeregisterContainerInstance'>> = (state, request, transition) => {
  const cluster = findCluster(state, request.cluster);
  if (!cluster.ok) {
    return cluster;
  }
  const host = findHost(cluster.value, request.containerInstance ?? '');
  if (host === undefined || host.status === 'INACTIVE') {
    return invalidParameter('the container instance is not registered in this cluster; name one that ListContainerInstances gives');
  }
  if (host.tasks.size > 0 && request.force !== true) {
    return invalidParameter('Found running tasks on the instance.');
  }
  const place = { state, cluster: cluster.value };
  for (const task of [...host.tasks.values()]) {
    endTask(place, { task, stopCode: 'TerminationNotice', reason: FORCED }, transition);
  }
  host.status = 'INACTIVE';
  hostChanged(place, host, transition);
  forgetOldest(cluster.value, state, host);
  return accepted({ containerInstance: describeHost(host, { tags: true }) });
};

interface Given {
  readonly request: Registration;
  readonly attributes: readonly HostAttribute[];
  readonly resources: Host['registered'];
}

function newHost(
  place: { state: EcsState; cluster: Cluster },
  given: Given & { identity: InstanceIdentity },
  transition: Transition,
): Host {
  const id = freshId(transition);
  return {
    id,
    arn: arnOf(place.state.settings, 'container-instance', `${place.cluster.name}/${id}`),
    sequence: nextSequence(place.state),
    ec2InstanceId: given.identity.ec2InstanceId ?? `i-${id.slice(-17).padStart(17, '0')}`,
    registeredAt: transition.now,
    registered: given.resources,
    tasks: new Map(),
    groups: new Map(),
    dynamicPorts: new Map(),
    remaining: given.resources,
    attributes: given.attributes,
    attributeValues: valuesByName(given.attributes),
    versionInfo: given.request.versionInfo,
    tags: given.request.tags ?? [],
    status: 'ACTIVE',
    agentConnected: true,
    version: 1,
  };
}

/** An agent that restarts registers again under its ARN, with the same resources. */
function renew(
  place: { state: EcsState; cluster: Cluster },
  given: Given & { arn: string },
  transition: Transition,
): EcsResult<Readonly<Record<string, unknown>>> {
  const host = findHost(place.cluster, given.arn);
  if (host === undefined || host.status === 'INACTIVE') {
    return refused('ClientException', 'containerInstanceArn names no registered container instance; leave it out to register a new one');
  }
  if (!sameContent(host.registered, given.resources)) {
    return refused('ClientException', 'Container instance type changes are not supported.');
  }
  host.attributes = given.attributes;
  host.attributeValues = valuesByName(given.attributes);
  host.versionInfo = given.request.versionInfo ?? host.versionInfo;
  host.tags = given.request.tags ?? host.tags;
  host.agentConnected = true;
  hostChanged(place, host, transition);
  return accepted({ containerInstance: describeHost(host, { tags: true }) });
}

function readAttributes(
  requested: NonNullable<Registration['attributes']>,
  identity: InstanceIdentity,
): EcsResult<readonly HostAttribute[]> {
  const attributes = new Map<string, HostAttribute>(identity.attributes.map((attribute) => [attribute.name, attribute]));
  for (const { name, value } of requested) {
    if (name === undefined || name === '') {
      return invalidParameter('attributes has an entry without a name; name it');
    }
    attributes.set(name, value === undefined ? { name } : { name, value });
  }
  return accepted([...attributes.values()]);
}

function forgetOldest(cluster: Cluster, state: EcsState, latest: Host): void {
  cluster.inactiveHosts.push(latest.id);
  while (cluster.inactiveHosts.length > state.settings.retainedInactiveHosts) {
    cluster.hosts.delete(cluster.inactiveHosts.shift() ?? '');
  }
}
