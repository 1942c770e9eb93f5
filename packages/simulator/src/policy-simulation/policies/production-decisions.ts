import type {
  DrainableHosts,
  Host,
  HostType,
  PlacementOptions,
  Task,
  TaskDemand,
  TaskSize,
  UnplaceableTasks,
} from '@plimsoll/capacity-core';
import type { WantedService } from '../model/service-scheduler.js';

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
  readonly dispensable?: number;
}

/** What the production decision on scale-in answers: nothing, or a host and those that go after it. */
export type ScaleInVerdict =
  | { readonly kind: 'stay' }
  | { readonly kind: 'remove'; readonly ec2InstanceId: string; readonly others: ReadonlyArray<{ readonly ec2InstanceId: string }> };

/** Hosts that a cluster needed: see the capacity function's own type. */
export interface NeededHosts {
  readonly occupied: number;
  readonly needed: number;
}

/** How long a host must have been dispensable before it goes: see the capacity function's own type. */
export interface HostPatience {
  /** Minutes for which an idle host was not needed. Integer, at least 1. */
  readonly idleMinutes: number;
  /** Idle hosts that stay for as long; those beyond go after `surplusMinutes`. Integer, at least 0. */
  readonly spareHosts: number;
  /** Minutes for which an idle host beyond the spare ones was not needed. Integer, at least 1. */
  readonly surplusMinutes: number;
  /** Minutes for which a host that still runs tasks was not needed. Integer, at least 1. */
  readonly occupiedMinutes: number;
}

/** What a task takes, or a host has left. */
export interface PlacedAmounts {
  /** In ECS CPU units (1 vCPU = 1024). At least 0. */
  readonly cpuUnits: number;
  /** In MiB. At least 0. */
  readonly memoryMiB: number;
  /** Whole GPUs. At least 0. */
  readonly gpus: number;
}

/** What patient scale-out is decided from. */
export interface PatienceQuestion {
  readonly hostsShort: number;
  readonly waiting: ReadonlyArray<{ readonly size: PlacedAmounts; readonly createdMillis: number }>;
  readonly hosts: ReadonlyArray<{
    readonly remaining: PlacedAmounts;
    readonly tasks: Iterable<{ readonly size: PlacedAmounts; readonly group?: string; readonly startedMillis: number }>;
  }>;
  readonly nowMillis: number;
}

/** The decisions of the capacity function, injected: the very functions that its package exports. */
export interface ProductionDecisions {
  readonly replacedTasks: (cluster: {
    readonly hosts: readonly Host[];
    readonly tasks: readonly Task[];
    readonly services: readonly WantedService[];
  }) => ReadonlySet<string>;
  readonly hostDemand: (sources: { readonly tasks: readonly Task[]; readonly scaling: ScalingVerdict }) => NeededHosts;
  readonly idleHosts: (containerInstanceArns: readonly string[], tasks: readonly Task[]) => ReadonlySet<string>;
  readonly dispensableHosts: (question: {
    readonly drainable: readonly string[];
    readonly idle: ReadonlySet<string>;
    readonly activeHosts: number;
    readonly history: readonly NeededHosts[];
    readonly patience?: HostPatience;
  }) => number;
  readonly patientHostsShort: (question: PatienceQuestion) => number;
  readonly decideScaling: (question: ScalingQuestion) => ScalingVerdict;
  readonly decideScaleIn: (question: ScaleInQuestion) => ScaleInVerdict;
}
