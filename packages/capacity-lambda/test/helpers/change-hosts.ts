import { setTimeout as wait } from 'node:timers/promises';
import type { LocalEndpoint, SeededRandom } from '@plimsoll/simulator';

/** What changes, and how fast. */
export interface Changes {
  readonly endpoint: LocalEndpoint;
  readonly random: SeededRandom;
  /** ARNs of the hosts, by cluster. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** How many events of ECS are to come of it. */
  readonly events: number;
  /** In how many seconds. */
  readonly seconds: number;
  /** How many have come. */
  readonly told: () => number;
}

/** Starts tasks of the family `web`, drains hosts and loses agents until enough events have come of it, at an even pace. */
export async function changeHosts(changes: Changes): Promise<void> {
  const { told, events, seconds } = changes;
  const from = performance.now();
  for (let step = 0; told() < events; step += 1) {
    changeOne(changes);
    const aheadMs = (told() / events) * seconds * 1000 - (performance.now() - from);
    if (aheadMs > 20) await wait(aheadMs);
    else if (step % 50 === 0) await wait(0);
  }
}

function changeOne({ endpoint, random, hosts }: Changes): void {
  const clusters = [...hosts];
  const [cluster, arns] = clusters[random.below(clusters.length)] ?? ['', []];
  const arn = arns[random.below(arns.length)] ?? '';
  if (random.chance(0.02)) endpoint.ecs('RunTask', { cluster, taskDefinition: 'web', count: 1 });
  else if (random.chance(0.3)) {
    const status = random.chance(0.2) ? 'DRAINING' : 'ACTIVE';
    endpoint.ecs('UpdateContainerInstancesState', { cluster, containerInstances: [arn], status });
  } else endpoint.setAgentConnected(arn, random.chance(0.6));
}
