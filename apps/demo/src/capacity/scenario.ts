import type { RegisterTaskDefinitionCommandInput, Resource } from '@aws-sdk/client-ecs';
import type { TaskSizes } from '@plimsoll/capacity-core';
import { plainSize } from '@plimsoll/simulator';

/** Something that happens to the cluster. */
export type Action =
  | { readonly kind: 'register'; readonly host: string }
  | { readonly kind: 'run'; readonly family: string; readonly count: number }
  | { readonly kind: 'stop'; readonly family: string }
  | { readonly kind: 'deregister'; readonly host: string };

/** One moment of the demo: what happens, and the words for it. */
export interface Step {
  /** Shown in the table and on the page. */
  readonly title: string;
  /** What happens, in order. */
  readonly actions: readonly Action[];
}

/** Every host of the demo: CPU in units, memory in MiB, and the ports ECS reserves on a host. */
export const HOST_RESOURCES: Resource[] = [
  { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
  { name: 'MEMORY', type: 'INTEGER', integerValue: 3904 },
  { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2375', '2376', '51678', '51679'] },
  { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
];

/** Task definitions the demo runs: CPU in units, memory in MiB. */
export const TASK_DEFINITIONS: readonly RegisterTaskDefinitionCommandInput[] = [
  taskDefinition('cruncher', 1792, 256),
  taskDefinition('cache', 512, 3456),
  taskDefinition('worker', 1024, 1024),
  taskDefinition('proxy', 128, 128, 9000),
];

/** The task sizes whose capacity is published. */
export const TASK_SIZES: TaskSizes = [
  plainSize({ name: 'worker', cpuUnits: 1024, memoryMiB: 1024 }),
  { ...plainSize({ name: 'proxy', cpuUnits: 128, memoryMiB: 128 }), tcpPorts: [9000] },
];

/** The story: a cluster fills unevenly, so that sums over its hosts promise room that no host has. */
export const STEPS: readonly Step[] = [
  { title: 'host a registers', actions: [{ kind: 'register', host: 'a' }] },
  { title: 'a CPU-hungry task starts on a', actions: [{ kind: 'run', family: 'cruncher', count: 1 }] },
  { title: 'host b registers', actions: [{ kind: 'register', host: 'b' }] },
  { title: 'a memory-hungry task starts on b', actions: [{ kind: 'run', family: 'cache', count: 1 }] },
  { title: 'a worker is asked for', actions: [{ kind: 'run', family: 'worker', count: 1 }] },
  { title: 'host c registers', actions: [{ kind: 'register', host: 'c' }] },
  { title: 'a worker starts', actions: [{ kind: 'run', family: 'worker', count: 1 }] },
  { title: 'two proxies on fixed port 9000', actions: [{ kind: 'run', family: 'proxy', count: 2 }] },
  {
    title: 'everything stops',
    actions: [
      { kind: 'stop', family: 'cruncher' },
      { kind: 'stop', family: 'cache' },
      { kind: 'stop', family: 'worker' },
      { kind: 'stop', family: 'proxy' },
    ],
  },
  {
    title: 'every host leaves',
    actions: [
      { kind: 'deregister', host: 'a' },
      { kind: 'deregister', host: 'b' },
      { kind: 'deregister', host: 'c' },
    ],
  },
];

function taskDefinition(family: string, cpu: number, memory: number, hostPort?: number): RegisterTaskDefinitionCommandInput {
  const portMappings = hostPort === undefined ? [] : [{ containerPort: hostPort, hostPort, protocol: 'tcp' as const }];
  return {
    family,
    networkMode: 'bridge',
    containerDefinitions: [{ name: family, image: family, cpu, memory, essential: true, portMappings }],
  };
}
