import type { ContainerInstance, Resource } from '@aws-sdk/client-ecs';
import { resourceRecords } from '@plimsoll/test-support';
import type { EcsOutcome, LocalEndpoint } from '../../src/index.js';

/** Ports the agent registers as taken. */
export const AGENT_PORTS = ['22', '2376', '2375', '51678', '51679'];

/** Resources of a host as an agent registers them. */
export function resources(size: { cpu?: number; memory?: number; gpus?: readonly string[] } = {}): Resource[] {
  const { cpu: cpuUnits = 2048, memory: memoryMiB = 3768, gpus } = size;
  return resourceRecords({ cpuUnits, memoryMiB, tcpPorts: AGENT_PORTS, gpus }, { zeros: false });
}

/** Response of an accepted call in process; fails otherwise. */
export function expectAccepted(outcome: EcsOutcome): Readonly<Record<string, unknown>> {
  if (!outcome.ok) {
    throw new TypeError(`refused: ${outcome.error.code} ${outcome.error.message}`);
  }
  return outcome.response;
}

/** Registers a host without HTTP; creates the cluster where needed. */
export function addHost(
  endpoint: LocalEndpoint,
  host: { cluster?: string; zone?: string; cpu?: number; memory?: number; gpus?: readonly string[] } = {},
): string {
  const cluster = host.cluster ?? 'default';
  expectAccepted(endpoint.ecs('CreateCluster', { clusterName: cluster }));
  const attributes = host.zone === undefined ? [] : [{ name: 'ecs.availability-zone', value: host.zone }];
  const answer = expectAccepted(endpoint.ecs('RegisterContainerInstance', { cluster, totalResources: resources(host), attributes }));
  return (answer.containerInstance as { containerInstanceArn: string }).containerInstanceArn;
}

/** A task definition with one container. */
export function addDefinition(endpoint: LocalEndpoint, family: string, container: object = {}): void {
  const definition = { name: 'app', image: 'app:1', cpu: 256, memory: 512, ...container };
  expectAccepted(endpoint.ecs('RegisterTaskDefinition', { family, containerDefinitions: [definition] }));
}

/** Value of a resource in an answer, by name: a number, or the members of a set. */
export function resourceValue(list: readonly Resource[] | undefined, name: string): number | readonly string[] | undefined {
  const resource = list?.find((candidate) => candidate.name === name);
  return resource?.type === 'STRINGSET' ? resource.stringSetValue : resource?.integerValue;
}

/** Remaining CPU and memory of a host. */
export function roomOf(host: ContainerInstance | undefined): readonly [cpu: unknown, memory: unknown] {
  return [resourceValue(host?.remainingResources, 'CPU'), resourceValue(host?.remainingResources, 'MEMORY')];
}
