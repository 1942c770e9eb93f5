/**
 * Something that is not known, of a host, of a daemon that perhaps starts there, or of tasks to be placed, and could make an answer
 * worse.
 *
 * - `RUNNING_TASKS_UNKNOWN`: which groups run there, so neither `distinctInstance`, `task:group` nor missing daemons are.
 * - `GROUP_UNKNOWN`: the size names no group for `distinctInstance` or `task:group` to compare.
 * - `NETWORK_INTERFACE_USE_UNKNOWN`: how many network interfaces its tasks have.
 * - `NETWORK_INTERFACE_LIMIT_UNKNOWN`: how many its instance type takes.
 * - `EXPRESSION_UNKNOWN`: whether a `memberOf` expression matches it, now or once a copy or another task is there.
 * - `WAITING_TASKS_UNKNOWN`: which tasks wait for a host, since no tasks were given.
 * - `CONSTRAINTS_UNKNOWN`: what constrains tasks that must be placed, of which only records tell and no size of their group.
 */
export type Unknown =
  | 'RUNNING_TASKS_UNKNOWN'
  | 'GROUP_UNKNOWN'
  | 'NETWORK_INTERFACE_USE_UNKNOWN'
  | 'NETWORK_INTERFACE_LIMIT_UNKNOWN'
  | 'EXPRESSION_UNKNOWN'
  | 'WAITING_TASKS_UNKNOWN'
  | 'CONSTRAINTS_UNKNOWN';
