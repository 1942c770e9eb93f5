import type { TaskSize } from '@plimsoll/capacity-core';
import { type LowerBound, lowerBound } from './lower-bound.js';
import type { ScalingPolicy } from './policies/policy.js';
import type { PolicyReport } from './report/policy-report.js';
import type { ClusterSettings } from './settings.js';
import { simulate } from './simulate.js';
import type { Workload } from './workload.js';

/** What is compared. */
export interface ComparisonOptions {
  readonly workload: Workload;
  readonly settings: ClusterSettings;
  /** The policies, each of which meets the same work on the same kind of cluster. */
  readonly policies: readonly ScalingPolicy[];
  /** Sizes whose headroom the production policy is to keep. @default none */
  readonly headroom?: readonly TaskSize[];
  /** Hears how far a policy's simulation is, as a fraction, now and then. */
  readonly onProgress?: (policy: string, fraction: number) => void;
}

/** One policy's report, and how far it is from the bound. */
export interface ComparedPolicy extends PolicyReport {
  /** Host-hours beyond the lower bound, as a fraction of it; below 0 only where tasks waited. `null` where the bound is 0. */
  readonly gap: number | null;
}

/** All policies on one workload. */
export interface Comparison {
  /** Standalone tasks of the workload. */
  readonly tasks: number;
  /** Services of the workload. */
  readonly services: number;
  /** Hours from its start to its end. */
  readonly hours: number;
  /** What was left out or changed when it was read. */
  readonly notes: readonly string[];
  /** What no policy gets by with less than. */
  readonly lowerBound: LowerBound;
  /** In the order they were given. */
  readonly policies: readonly ComparedPolicy[];
}

/** Runs each policy on the same workload. */
export function comparePolicies(options: ComparisonOptions): Comparison {
  const { workload, settings, policies, headroom = [], onProgress } = options;
  const bound = lowerBound(workload, settings.hostTypes);
  return {
    tasks: workload.arrivals.length,
    services: workload.services.length,
    hours: workload.endMillis / 3_600_000,
    notes: workload.notes,
    lowerBound: bound,
    policies: policies.map((policy) => {
      let told = 0;
      const report = simulate({
        workload,
        settings,
        policy,
        headroom,
        onMinute: ({ nowMillis, horizonMillis }) => {
          const percent = Math.floor((100 * nowMillis) / horizonMillis);
          if (percent === told) return;
          told = percent;
          onProgress?.(policy.name, percent / 100);
        },
      });
      return { ...report, gap: bound.hostHours === 0 ? null : (report.hostHours - bound.hostHours) / bound.hostHours };
    }),
  };
}
