import type { Attribute } from '../attribute.js';
import type { Host } from '../host.js';
import type { HostResources } from '../resource.js';

/** A type of host that can be added to a cluster. */
export interface HostType {
  /** Names the type in answers: `m5.large`. */
  readonly name: string;
  /** What such a host registers when it is empty, less than the instance type has: some memory is the system's own. */
  readonly resources: HostResources;
  /**
   * Attributes such a host would have; `ecs.instance-type` finds its network interfaces.
   *
   * @default none
   */
  readonly attributes?: readonly Attribute[];
  /**
   * What one such host costs, in any unit: a price, or a weight. 0.000000001 to 1,000,000,000,000; anything else counts as 1.
   *
   * @default 1
   */
  readonly cost?: number;
}

/** A host of the type, as it would be once it is there. */
export function hostOf({ name, resources, attributes = [] }: HostType): Host {
  return {
    containerInstanceArn: `new ${name}`,
    status: 'ACTIVE',
    agentConnected: true,
    version: 0,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    attributes,
    registered: resources,
    remaining: resources,
  };
}

/** Costs within which sums of thousands of them, and quotients of two, are numbers that can be compared. */
const LEAST_COST = 1e-9;
const MOST_COST = 1e12;

/** What one host of the type costs; 1 where the cost is no number in its range. */
export function costOf({ cost = 1 }: HostType): number {
  return cost >= LEAST_COST && cost <= MOST_COST ? cost : 1;
}
