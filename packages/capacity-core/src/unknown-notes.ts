import type { CapacityNote } from './capacity.js';

/** What to tell a reader of each thing that is unknown, in the order it is told. */
export const UNKNOWN_NOTES: readonly CapacityNote[] = [
  {
    code: 'RUNNING_TASKS_UNKNOWN',
    message:
      'not every task that runs is known, so a host may be taken by a task of the same group or by a daemon still to start: give all tasks',
  },
  { code: 'GROUP_UNKNOWN', message: 'distinctInstance and task:group compare groups, and the task size names none: give it a group' },
  {
    code: 'NETWORK_INTERFACE_USE_UNKNOWN',
    message: 'not every task that runs is known, so some network interfaces counted as free may be in use: give all tasks',
  },
  {
    code: 'NETWORK_INTERFACE_LIMIT_UNKNOWN',
    message:
      'how many network interfaces some hosts take is unknown, so they are not counted there: give the limits of their instance types',
  },
  {
    code: 'EXPRESSION_UNKNOWN',
    message:
      'whether a memberOf expression matches some hosts, now or beside a copy, is unknown, so the most that may fit is counted: give what it asks about',
  },
];
