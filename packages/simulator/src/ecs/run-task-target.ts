import { accepted, type EcsResult, invalidParameter, refused } from './ecs-error.js';
import type { CapacityProviderItem, Cluster, LaunchType, TaskDefinition } from './ecs-state.js';
import type { RunTaskRequest } from './request-schemas.js';

/** Capacity providers that ECS itself keeps (DG, fargate-capacity-providers). */
const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT'];
/** What LATEST, the default, stands for on Linux (DG, platform-fargate). */
const LATEST_PLATFORM = '1.4.0';
/** Platform versions of Fargate for Linux (DG, platform-fargate). */
const PLATFORM_VERSIONS = ['1.4.0', '1.3.0'];
/** Most items of a strategy (SDK model, `RunTaskRequest.capacityProviderStrategy`). */
const MOST_PROVIDERS = 20;

/** What the tasks of a run are placed on. */
export interface RunTarget {
  /** EC2 or FARGATE. */
  readonly launchType: LaunchType;
  /** Capacity provider, if a strategy chose one. */
  readonly capacityProvider: string | undefined;
  /** Version of the Fargate platform. */
  readonly platformVersion: string | undefined;
}

/**
 * Reads launch type or capacity provider strategy, which exclude each other;
 * where neither is given the cluster's default strategy counts, else EC2.
 *
 * Of a strategy the provider of the greatest base, then of the greatest weight,
 * takes all tasks of the run.
 */
export function readTarget(cluster: Cluster, request: RunTaskRequest, definition: TaskDefinition): EcsResult<RunTarget> {
  const given = request.capacityProviderStrategy ?? [];
  if (given.length > 0 && request.launchType !== undefined) {
    return invalidParameter('Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.');
  }
  const strategy = given.length > 0 || request.launchType !== undefined ? given : cluster.defaultStrategy;
  const chosen = readStrategy(cluster, strategy);
  if (!chosen.ok) {
    return chosen;
  }
  const launchType = chosen.value === undefined ? (request.launchType ?? 'EC2') : launchTypeOf(chosen.value);
  if (launchType === 'EC2') {
    return request.platformVersion === undefined
      ? accepted({ launchType, capacityProvider: chosen.value, platformVersion: undefined })
      : invalidParameter('The platform version must be null when specifying an EC2 launch type.');
  }
  if (launchType !== 'FARGATE') {
    return invalidParameter(`launchType ${launchType} is not modelled by this endpoint; use EC2 or FARGATE`);
  }
  return readFargate({ launchType, capacityProvider: chosen.value, platformVersion: request.platformVersion }, definition);
}

function launchTypeOf(provider: string): LaunchType {
  return FARGATE_PROVIDERS.includes(provider) ? 'FARGATE' : 'EC2';
}

function readFargate(target: RunTarget, definition: TaskDefinition): EcsResult<RunTarget> {
  if (definition.content.networkMode !== 'awsvpc' || definition.content.cpu === undefined || definition.content.memory === undefined) {
    return invalidParameter('Task definition does not support launch_type FARGATE.');
  }
  const wanted = target.platformVersion ?? 'LATEST';
  const platformVersion = wanted === 'LATEST' ? LATEST_PLATFORM : wanted;
  return PLATFORM_VERSIONS.includes(platformVersion)
    ? accepted({ ...target, platformVersion })
    : refused('PlatformUnknownException', `platformVersion is ${wanted}; use LATEST or one of ${PLATFORM_VERSIONS.join(', ')}`);
}

function readStrategy(cluster: Cluster, strategy: readonly CapacityProviderItem[]): EcsResult<string | undefined> {
  if (strategy.length > MOST_PROVIDERS) {
    return invalidParameter(`capacityProviderStrategy has ${strategy.length} items; give at most ${MOST_PROVIDERS}`);
  }
  const foreign = strategy.find(({ capacityProvider }) => !cluster.capacityProviders.includes(capacityProvider ?? ''));
  if (foreign !== undefined) {
    return invalidParameter(`The specified capacity provider '${foreign.capacityProvider ?? ''}' is not associated with the cluster.`);
  }
  const [first] = [...strategy].sort((a, b) => (b.base ?? 0) - (a.base ?? 0) || (b.weight ?? 0) - (a.weight ?? 0));
  return accepted(first?.capacityProvider);
}
