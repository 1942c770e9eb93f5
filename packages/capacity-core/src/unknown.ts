/**
 * Something that is not known of a host and could lower its count.
 *
 * - `RUNNING_TASKS_UNKNOWN`: which groups run there, so neither `distinctInstance`, `task:group` nor missing daemons are.
 * - `GROUP_UNKNOWN`: the size names no group for `distinctInstance` or `task:group` to compare.
 * - `NETWORK_INTERFACE_USE_UNKNOWN`: how many network interfaces its tasks have.
 * - `NETWORK_INTERFACE_LIMIT_UNKNOWN`: how many its instance type takes.
 * - `EXPRESSION_UNKNOWN`: whether a `memberOf` expression matches it, now or once a copy is there.
 */
export type Unknown =
  | 'RUNNING_TASKS_UNKNOWN'
  | 'GROUP_UNKNOWN'
  | 'NETWORK_INTERFACE_USE_UNKNOWN'
  | 'NETWORK_INTERFACE_LIMIT_UNKNOWN'
  | 'EXPRESSION_UNKNOWN';
