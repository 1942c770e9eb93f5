/** What stands at the end of a path: something, nothing, or no such place at all. */
export type Place = 'present' | 'missing' | 'nowhere';

/**
 * Follows the path of an error into the record it is about: `remainingResources[CPU].integerValue`, `registeredResources[2].name`.
 *
 * A path is `nowhere` when something before its last step is missing, so that a reader could not find the fault with it.
 */
export function follow(record: unknown, path: string): Place {
  const steps = path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? [];
  let value: unknown = record;
  for (const [index, step] of steps.entries()) {
    value = stepInto(value, step);
    if (value === undefined) return index === steps.length - 1 ? 'missing' : 'nowhere';
  }
  return 'present';
}

function stepInto(value: unknown, step: string): unknown {
  if (!step.startsWith('[')) return field(value, step);
  const key = step.slice(1, -1);
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.find((item) => field(item, 'name') === key) ?? items[Number(key)];
}

function field(value: unknown, name: string): unknown {
  return Object.hasOwn(Object(value), name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
