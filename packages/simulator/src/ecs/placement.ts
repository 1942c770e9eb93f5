import type { EcsState, Host } from './ecs-state.js';
import { amount, shortResource, type TaskDemand } from './host-resources.js';
import { drawBelow } from './random.js';

/** One rule of a placement strategy, already validated. */
export type PlacementRule =
  | { readonly type: 'random' }
  | { readonly type: 'binpack'; readonly resource: 'CPU' | 'MEMORY' }
  | { readonly type: 'spread'; readonly by: 'instance' }
  | { readonly type: 'spread'; readonly by: 'attribute'; readonly attribute: string };

/** Where a task of a run may go. */
export interface PlacementRequest {
  /** What it takes. */
  readonly demand: TaskDemand;
  /** Its task group: `spread` and `distinctInstance` count tasks of the same group. */
  readonly group: string;
  /** Whether a host may carry one task of the group only. */
  readonly distinctInstance: boolean;
  /** Rules in order of weight. */
  readonly strategy: readonly PlacementRule[];
}

/**
 * The strategy of RunTask without one: tasks are distributed at random
 * ("Manually running tasks" in
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/scheduling_tasks.html).
 */
export const DEFAULT_STRATEGY: readonly PlacementRule[] = [{ type: 'random' }];

/** Text ECS gives a host that already carries a task of the group. */
const DISTINCT_INSTANCE_UNSATISFIED = 'DistinctInstance placement constraint unsatisfied.';

/**
 * Why a host cannot take the task, in ECS's words, or undefined if it can.
 *
 * Reasons: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html.
 * Where several hold, the first in the order agent, CPU, memory, ports, GPU, constraint.
 */
export function rejectionBy(host: Host, request: PlacementRequest): string | undefined {
  if (!host.agentConnected) {
    return 'AGENT';
  }
  const short = shortResource(host, request.demand);
  if (short !== undefined) {
    return `RESOURCE:${short}`;
  }
  const occupied = request.distinctInstance && tasksOfGroup(host, request.group) > 0;
  return occupied ? DISTINCT_INSTANCE_UNSATISFIED : undefined;
}

/** Hosts of a run: all that are ACTIVE, and of these the ones that take one more task. */
export interface Candidates {
  /** ACTIVE hosts, in order of registration. */
  readonly active: readonly Host[];
  /** Those that take one more task, in the same order. */
  readonly fitting: readonly Host[];
}

/** Finds the hosts that take a task. */
export function findCandidates(active: readonly Host[], request: PlacementRequest): Candidates {
  return { active, fitting: active.filter((host) => rejectionBy(host, request) === undefined) };
}

/** Looks again at one host, the only one that changed: a run of ten checks every host once, not ten times. */
export function afterPlacementOn(host: Host, candidates: Candidates, request: PlacementRequest): Candidates {
  const full = rejectionBy(host, request) !== undefined;
  return full ? { ...candidates, fitting: candidates.fitting.filter((candidate) => candidate !== host) } : candidates;
}

/**
 * Chooses the host of one task, or undefined if none takes it.
 *
 * Each rule narrows the choice left by the rule before it; of the hosts that
 * are equal to the end, the one registered first is taken.
 */
export function chooseHost(state: EcsState, candidates: Candidates, request: PlacementRequest): Host | undefined {
  const { active, fitting } = candidates;
  return request.strategy.reduce((left, rule) => narrow(state, left, { rule, request, active }), fitting)[0];
}

function narrow(
  state: EcsState,
  hosts: readonly Host[],
  by: { rule: PlacementRule; request: PlacementRequest; active: readonly Host[] },
): readonly Host[] {
  const { rule } = by;
  if (rule.type === 'random') {
    const drawn = hosts.length === 0 ? undefined : hosts[drawBelow(state, hosts.length)];
    return drawn === undefined ? [] : [drawn];
  }
  if (rule.type === 'binpack') {
    return least(hosts, (host) => amount(host.remaining, rule.resource));
  }
  if (rule.by === 'instance') {
    return least(hosts, (host) => tasksOfGroup(host, by.request.group));
  }
  const counts = countByValue(by.active, { attribute: rule.attribute, group: by.request.group });
  return least(hosts, (host) => counts.get(host.attributeValues.get(rule.attribute)) ?? 0);
}

function least(hosts: readonly Host[], measure: (host: Host) => number): Host[] {
  let smallest = Number.POSITIVE_INFINITY;
  let chosen: Host[] = [];
  for (const host of hosts) {
    const measured = measure(host);
    if (measured < smallest) {
      smallest = measured;
      chosen = [];
    }
    if (measured === smallest) {
      chosen.push(host);
    }
  }
  return chosen;
}

function tasksOfGroup(host: Host, group: string): number {
  return host.groups.get(group) ?? 0;
}

function countByValue(hosts: readonly Host[], of: { attribute: string; group: string }): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const host of hosts) {
    const value = host.attributeValues.get(of.attribute);
    counts.set(value, (counts.get(value) ?? 0) + tasksOfGroup(host, of.group));
  }
  return counts;
}
