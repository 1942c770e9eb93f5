import { parseContainerInstanceStateChange } from '../../lib/container-instance-state-change.js';

/** What this package ships. */
export function check(event) {
  const result = parseContainerInstanceStateChange(event);
  return result.ok ? [] : result.error.issues.map((issue) => issue.path);
}
