import { accepted, type EcsResult, refused } from './ecs-error.js';
import type { Cluster, EcsSettings, EcsState, Host, Service, Task } from './ecs-state.js';
import type { Transition } from './transition.js';

/** Name of the cluster that is meant when none is named. */
export const DEFAULT_CLUSTER = 'default';

/** Cluster and family names: up to 255 letters, digits, underscores and hyphens (SDK model, `CreateClusterRequest`). */
export const NAME_PATTERN = /^[A-Za-z0-9_-]{1,255}$/;

/** An ARN of ECS, in the long format: `…:task/<cluster>/<id>`. */
export function arnOf(settings: EcsSettings, kind: string, path: string): string {
  return `arn:aws:ecs:${settings.region}:${settings.accountId}:${kind}/${path}`;
}

/** A fresh id in the form ECS gives tasks and container instances: a UUID without hyphens. */
export function freshId(transition: Transition): string {
  return transition.newId().replaceAll('-', '');
}

/**
 * Finds a cluster by name or ARN.
 *
 * `default` is not there until it was created, as in a new account.
 */
export function findCluster(state: EcsState, nameOrArn: string | undefined): EcsResult<Cluster> {
  const wanted = nameOrArn === undefined || nameOrArn === '' ? DEFAULT_CLUSTER : nameOrArn;
  const cluster = state.clusters.get(wanted.startsWith('arn:') ? wanted.slice(wanted.lastIndexOf('/') + 1) : wanted);
  const found = cluster !== undefined && (wanted === cluster.name || wanted === cluster.arn);
  return found ? accepted(cluster) : refused('ClusterNotFoundException', 'Cluster not found.');
}

/** Finds a container instance of a cluster by id or ARN. */
export function findHost(cluster: Cluster, idOrArn: string): Host | undefined {
  return find(cluster.hosts, idOrArn);
}

/** Finds a task of a cluster by id or ARN. */
export function findTask(cluster: Cluster, idOrArn: string): Task | undefined {
  return find(cluster.tasks, idOrArn);
}

/** Finds a service of a cluster by name or ARN. */
export function findService(cluster: Cluster, nameOrArn: string): Service | undefined {
  return find(cluster.services, nameOrArn);
}

/** ARN a failure names for something that is not there. */
export function missingArn(state: EcsState, kind: string, target: { cluster: Cluster; idOrArn: string }): string {
  return target.idOrArn.startsWith('arn:') ? target.idOrArn : arnOf(state.settings, kind, `${target.cluster.name}/${target.idOrArn}`);
}

function find<T extends { readonly arn: string }>(items: ReadonlyMap<string, T>, idOrArn: string): T | undefined {
  if (!idOrArn.startsWith('arn:')) {
    return items.get(idOrArn);
  }
  const item = items.get(idOrArn.slice(idOrArn.lastIndexOf('/') + 1));
  return item?.arn === idOrArn ? item : undefined;
}
