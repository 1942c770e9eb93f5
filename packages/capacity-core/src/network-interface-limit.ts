import { type Attribute, valueOfAttribute } from './attribute.js';

/**
 * How many network interfaces an instance type takes.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
 */
export interface NetworkInterfaceLimit {
  /** Interfaces the instance takes, of which one is its own. Integer, at least 1. */
  readonly interfaces: number;
  /** `awsvpc` tasks it takes when its interfaces are trunked; absent where the type knows no trunking. Integer, at least 0. */
  readonly trunkedTasks?: number;
}

/** Limits by instance type: `c5.large`. */
export type NetworkInterfaceLimits = Readonly<Record<string, NetworkInterfaceLimit>>;

const INSTANCE_TYPE = 'ecs.instance-type';
/** Set on a host whose trunk interface is attached. */
const TRUNK = 'ecs.awsvpc-trunk-id';

/**
 * How many `awsvpc` tasks an empty host with these attributes takes; `undefined` where its type, or the type's limit, is unknown.
 *
 * Each such task has an interface of its own; one interface is the host's, unless tasks share a trunk.
 */
export function taskInterfacesOf(attributes: readonly Attribute[], limits: NetworkInterfaceLimits): number | undefined {
  const type = valueOfAttribute(attributes, INSTANCE_TYPE);
  if (type === undefined || !Object.hasOwn(limits, type)) return undefined;
  const limit = limits[type];
  if (limit === undefined) return undefined;
  if (!attributes.some(({ name }) => name === TRUNK)) return Math.max(0, limit.interfaces - 1);
  return limit.trunkedTasks;
}
