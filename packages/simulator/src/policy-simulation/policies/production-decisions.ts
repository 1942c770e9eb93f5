import type { DrainableHosts, Host, HostType, PlacementOptions, TaskDemand, TaskSize, UnplaceableTasks } from '@plimsoll/capacity-core';

/** What the production decision on scaling is made from. */
export interface ScalingQuestion {
  readonly hosts: readonly Host[];
  readonly placement: PlacementOptions;
  readonly taskSizes: readonly TaskSize[];
  readonly missing: readonly TaskDemand[];
  readonly hostType?: HostType | undefined;
  readonly staying?: ReadonlySet<string>;
  readonly balanceZones?: boolean;
}

/** What the production decision answers. */
export interface ScalingVerdict {
  readonly hostsShort: number;
  readonly unplaceable: readonly UnplaceableTasks[];
  readonly activeHosts: number;
  readonly drainable: DrainableHosts;
}

/** What the production decision on scale-in is made from. */
export interface ScaleInQuestion {
  readonly configuration: {
    readonly alarmName: string;
    readonly autoScalingGroupName: string;
    readonly maxDraining: number;
    readonly dryRun: boolean;
    readonly balanceZones: boolean;
  };
  readonly alarmState: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | undefined;
  readonly hosts: readonly Host[];
  readonly scaling: ScalingVerdict;
  readonly going: ReadonlySet<string>;
}

/** What the production decision on scale-in answers: nothing, or a host and those that go after it. */
export type ScaleInVerdict =
  | { readonly kind: 'stay' }
  | { readonly kind: 'remove'; readonly ec2InstanceId: string; readonly others: ReadonlyArray<{ readonly ec2InstanceId: string }> };

/** The decisions of the capacity function, injected: the very functions that its package exports. */
export interface ProductionDecisions {
  readonly decideScaling: (question: ScalingQuestion) => ScalingVerdict;
  readonly decideScaleIn: (question: ScaleInQuestion) => ScaleInVerdict;
}
