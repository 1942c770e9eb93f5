import type { CapacityNote } from './capacity.js';

/** What to tell a reader of each thing that is unknown, in the order it is told. */
export const UNKNOWN_NOTES: readonly CapacityNote[] = [
  {
    code: 'RUNNING_TASKS_UNKNOWN',
    message: 'the tasks that run are unknown, so a host may be taken by a task of the same group or by a daemon still to start: give tasks',
  },
  { code: 'GROUP_UNKNOWN', message: 'distinctInstance compares groups, and the task size names none: give it a group' },
  {
    code: 'NETWORK_INTERFACE_USE_UNKNOWN',
    message: 'the tasks that run are unknown, so some network interfaces counted as free may be in use: give tasks',
  },
  {
    code: 'NETWORK_INTERFACE_LIMIT_UNKNOWN',
    message:
      'how many network interfaces some hosts take is unknown, so they are not counted there: give the limits of their instance types',
  },
  {
    code: 'EXPRESSION_UNKNOWN',
    message: 'whether a memberOf expression matches some hosts is unknown, so they count as matching: give what it asks about',
  },
];
