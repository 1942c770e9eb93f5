import type { ContainerInstanceDetail, EcsEvent, TaskEvent } from '../../src/index.js';

/** Cluster state rebuilt from events alone; faults name what no honest stream of events contains. */
export interface ReplayedCluster {
  readonly hosts: ReadonlyMap<string, ContainerInstanceDetail>;
  readonly tasks: ReadonlyMap<string, TaskEvent['detail']>;
  readonly faults: readonly string[];
}

/** Replays events in the order in which they were told. */
export function replay(events: readonly EcsEvent[]): ReplayedCluster {
  const hosts = new Map<string, ContainerInstanceDetail>();
  const tasks = new Map<string, TaskEvent['detail']>();
  const faults: string[] = [];
  for (const event of events) {
    const arn = event.resources[0] ?? '';
    const before = hosts.get(arn)?.version ?? tasks.get(arn)?.version ?? 0;
    if (event.detail.version !== Number(before) + 1) {
      faults.push(`${arn} went from version ${before} to ${event.detail.version}`);
    }
    if (event['detail-type'] === 'ECS Container Instance State Change') {
      hosts.set(arn, event.detail);
    } else {
      tasks.set(arn, event.detail);
    }
  }
  return { hosts, tasks, faults };
}
