import type { Unknown } from '@plimsoll/capacity-core';

/** What to tell of each thing that is unknown of hosts to be emptied or to be had, and what to give. */
const NOTES: Readonly<Record<Unknown, string>> = {
  RUNNING_TASKS_UNKNOWN:
    'some of what hosts have in use is of no known task, or the record of a task lacks its CPU and memory: ' +
    'give every task of the cluster as it is described, --tasks FILE',
  WAITING_TASKS_UNKNOWN: 'which tasks wait for a host is unknown: give every task of the cluster, --tasks FILE',
  CONSTRAINTS_UNKNOWN:
    'records of tasks hold no constraints, and no size has the group of some: give their task definitions, and --group NAME=GROUP',
  GROUP_UNKNOWN: 'a constraint compares groups, and some size names none: give --group NAME=GROUP',
  NETWORK_INTERFACE_USE_UNKNOWN: 'some network interfaces taken for free may be in use: give every task of the cluster, --tasks FILE',
  NETWORK_INTERFACE_LIMIT_UNKNOWN: 'how many network interfaces some hosts take is unknown, so they keep no task off there',
  EXPRESSION_UNKNOWN: 'whether a memberOf expression matches some hosts, now or beside other tasks, is unknown',
};

/** A sentence for each thing that is unknown. */
export function notesOfUnknown(unknown: readonly Unknown[]): readonly string[] {
  return unknown.map((one) => NOTES[one]);
}
