import type { HostType } from '@plimsoll/capacity-core';
import type { ComparedPolicy, Comparison, LowerBound } from '@plimsoll/simulator';

/** What `simulate --json` prints; `schemas/simulate.schema.json` describes it. */
export interface SimulationReport {
  /** The work. */
  readonly workload: {
    /** FILE, or the SPEC it was generated from. */
    readonly source: string;
    /** Standalone tasks. */
    readonly tasks: number;
    /** Services. */
    readonly services: number;
    /** Hours from its start to its end. */
    readonly hours: number;
    /** What was left out or changed when it was read. */
    readonly notes: readonly string[];
  };
  /** Types of host, as they register. */
  readonly hostTypes: ReadonlyArray<{
    readonly name: string;
    readonly cpuUnits: number;
    readonly memoryMiB: number;
    readonly gpus: number;
  }>;
  /** Placement strategy. */
  readonly placement: string;
  /** How many more tasks of each size the policies that look at exact capacity were to keep room for. */
  readonly headroom: number;
  /** Seed of all that is random. */
  readonly seed: number;
  /** What no policy gets by with less than. */
  readonly lowerBound: LowerBound;
  /** Each policy's figures, in the order they were asked for. */
  readonly policies: readonly ComparedPolicy[];
}

/** What the report is about beside the comparison. */
export interface SimulationSubject {
  readonly source: string;
  readonly hostTypes: readonly HostType[];
  readonly placement: string;
  readonly headroom: number;
  readonly seed: number;
}

/** Puts a comparison in the form that is printed. */
export function simulationReport(comparison: Comparison, subject: SimulationSubject): SimulationReport {
  const { tasks, services, hours, notes, lowerBound, policies } = comparison;
  return {
    workload: { source: subject.source, tasks, services, hours, notes },
    hostTypes: subject.hostTypes.map(({ name, resources: { cpuUnits, memoryMiB, gpus } }) => ({ name, cpuUnits, memoryMiB, gpus })),
    placement: subject.placement,
    headroom: subject.headroom,
    seed: subject.seed,
    lowerBound,
    policies,
  };
}
