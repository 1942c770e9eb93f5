import type { PlacementExpression, TaskSize } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';

/** ECS's own limit of a group is not documented; this is that of the names it is made of. */
const SPEC = /^([^=]+)=(.{1,255})$/;

/**
 * Reads the groups that tasks are in, written `NAME=GROUP`: `web=service:web`.
 *
 * @param names - what NAME may be
 * @returns the groups by NAME
 * @throws UsageError when one is written otherwise, stands twice or names nothing
 */
export function readGroups(specs: readonly string[], names: readonly string[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const spec of specs) {
    const [, name = '', group = ''] = SPEC.exec(spec) ?? [];
    const shown = JSON.stringify(spec.slice(0, 80));
    if (name === '') throw new UsageError(`group ${shown} is not NAME=GROUP: write one such as web=service:web`);
    if (groups.has(name)) throw new UsageError(`group of ${name} is given twice: give it once`);
    if (!names.includes(name)) throw new UsageError(`group ${shown} names no task size: use one of ${names.join(', ')}`);
    groups.set(name, group);
  }
  return groups;
}

/** What to tell of a size whose constraints compare a group that nobody named; empty where there is nothing to tell. */
export function notesOfDefaultGroup({ name, group, placementConstraints }: TaskSize): readonly string[] {
  const compares = placementConstraints.some((constraint) => constraint.type === 'distinctInstance' || asksForGroup(constraint.expression));
  if (!compares || group === undefined) return [];
  return [`the constraints of ${name} compare groups, and ${group} is that of no service: give --group ${name}=service:SERVICE`];
}

function asksForGroup(expression: PlacementExpression): boolean {
  if (expression.kind === 'comparison') return expression.subject === 'task:group';
  if (expression.kind === 'not') return asksForGroup(expression.operand);
  return expression.operands.some(asksForGroup);
}
