import { RESOURCE_NAMES, type ResourceName } from './resource.js';

/**
 * Why a host takes no further copy of a task.
 *
 * - a resource by the name ECS registers it under, `RESOURCE:` and the name for one that ECS does not name itself.
 * - `ENI`: no network interface for a task of network mode `awsvpc`.
 * - `ATTRIBUTE`: an attribute that the task requires is missing.
 * - `memberOf`, `distinctInstance`: the placement constraint is not met.
 * - `AGENT`: its agent is not connected.
 * - `DRAINING`: it is being drained.
 * - `STATUS`: it is neither `ACTIVE` nor `DRAINING`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html (`RunTask or StartTask`)
 */
export type Reason =
  | ResourceName
  | `RESOURCE:${string}`
  | 'ENI'
  | 'ATTRIBUTE'
  | 'memberOf'
  | 'distinctInstance'
  | 'AGENT'
  | 'DRAINING'
  | 'STATUS';

const ORDER: readonly Reason[] = [...RESOURCE_NAMES, 'ENI', 'ATTRIBUTE', 'memberOf', 'distinctInstance', 'AGENT', 'DRAINING', 'STATUS'];

/** The order reasons are told in: resources first, those that ECS does not name itself after the others. */
export function compareReasons(a: Reason, b: Reason): number {
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

function rank(reason: Reason): number {
  const index = ORDER.indexOf(reason);
  return index === -1 ? RESOURCE_NAMES.length - 0.5 : index;
}
