import type { CapacityExplanation, ClusterCapacity, Precision, Reason, ReasonCount } from '@plimsoll/capacity-core';
import type { DrainableReport, HostsNeededReport } from './rebalance-report.js';

/** The answer for one task size, as `--json` prints it. */
export interface TaskSizeReport {
  /** Name of the task size. */
  readonly name: string;
  /** More copies that fit now. Integer, at least 0. */
  readonly containerCapacity: number;
  /** Hosts' worth of room, in hosts; `null` where the pooled formula divides by zero. */
  readonly idleHostCapacity: number | null;
  /** What stops one more copy on most hosts; `null` without eligible hosts. */
  readonly binding: Reason | null;
  /** Whether `containerCapacity` is the count, or a number that the count never exceeds. */
  readonly precision: Precision;
  /** What a reader should know, a sentence each. */
  readonly notes: readonly string[];
  /** Why no more fit; absent where it was not asked for. */
  readonly explanation?: {
    /** For people. */
    readonly sentence: string;
    /** What stops one more, on how many registered hosts; the most frequent first. */
    readonly reasons: readonly ReasonCount[];
  };
}

/** What is told beside the capacity where it was asked for. */
export interface CapacityReportExtras extends Partial<DrainableReport>, Partial<HostsNeededReport> {
  /** Why no more fit, size by size. */
  readonly explanations?: readonly CapacityExplanation[];
}

/** The answer for a cluster, as `--json` prints it; `schemas/capacity.schema.json` describes it. */
export interface CapacityReport extends Omit<ClusterCapacity, 'taskSizes' | 'hosts'>, Partial<DrainableReport>, Partial<HostsNeededReport> {
  /** Name of the cluster; `null` where the input does not say. */
  readonly cluster: string | null;
  /** Hosts the answer is about; `drainable` is absent where it was not asked for. */
  readonly hosts: ClusterCapacity['hosts'] & { readonly drainable?: number };
  /** One answer a task size, in the order asked. */
  readonly taskSizes: readonly TaskSizeReport[];
}

/** Puts the core's answer into the form that is printed, with its keys in the documented order. */
export function capacityReport(
  cluster: string | null,
  answer: ClusterCapacity,
  { explanations = [], ...extras }: CapacityReportExtras = {},
): CapacityReport {
  return {
    cluster,
    method: answer.method,
    hosts: {
      registered: answer.hosts.registered,
      eligible: answer.hosts.eligible,
      ...(extras.drainable === undefined ? {} : { drainable: extras.drainable.length }),
    },
    containerCapacity: answer.containerCapacity,
    idleHostCapacity: answer.idleHostCapacity,
    taskSizes: answer.taskSizes.map(({ name, containerCapacity, idleHostCapacity, binding, precision, notes }) => ({
      name,
      containerCapacity,
      idleHostCapacity,
      binding,
      precision,
      notes: notes.map((note) => note.message),
      ...explanationOf(explanations.find((explanation) => explanation.name === name)),
    })),
    ...extras,
  };
}

function explanationOf(explanation: CapacityExplanation | undefined): Pick<TaskSizeReport, 'explanation'> {
  if (explanation === undefined) return {};
  return { explanation: { sentence: explanation.sentence, reasons: explanation.reasons } };
}
