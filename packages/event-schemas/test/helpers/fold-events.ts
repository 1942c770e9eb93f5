import type { EcsEvent } from '@plimsoll/event-schemas';

/**
 * State after some events: the newest record of each task and container
 * instance, and of every other event one copy.
 *
 * Only for tests: what the order and number of copies must not change.
 */
export function foldEvents(events: readonly EcsEvent[]): ReadonlyMap<string, unknown> {
  const newest = new Map<string, { readonly version: number; readonly record: unknown }>();
  for (const value of events) {
    const { key, version, record } = versioned(value);
    const known = newest.get(key);
    if (known === undefined || version > known.version) newest.set(key, { version, record });
  }
  return new Map([...newest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function versioned(value: EcsEvent): { readonly key: string; readonly version: number; readonly record: unknown } {
  switch (value.detailType) {
    case 'ECS Task State Change':
      return { key: value.event.detail.taskArn, version: value.event.detail.version, record: value.event.detail };
    case 'ECS Container Instance State Change':
      return { key: value.event.detail.containerInstanceArn, version: value.event.detail.version, record: value.event.detail };
    default:
      return { key: `event ${value.event.id}`, version: 0, record: value.event };
  }
}
