import type { Host, HostResources, TaskSize } from '../../src/index.js';

const CONTAINER_INSTANCES = 'arn:aws:ecs:us-east-1:111122223333:container-instance/shop/';

/** ARN of the container instance with the given name. */
export function arnOf(name: string): string {
  return `${CONTAINER_INSTANCES}${name}`;
}

/** CPU units, memory in MiB, and what else differs from none. */
export function resources(cpuUnits: number, memoryMiB: number, others: Partial<HostResources> = {}): HostResources {
  return { cpuUnits, memoryMiB, gpus: 0, takenTcpPorts: [], takenUdpPorts: [], others: [], ...others };
}

/** An empty, eligible host of 1,024 CPU units and 993 MiB, but for what is given. */
export function host(name: string, others: Partial<Host> = {}): Host {
  const registered = others.registered ?? resources(1024, 993);
  return {
    containerInstanceArn: arnOf(name),
    status: 'ACTIVE',
    agentConnected: true,
    version: 1,
    attributes: [],
    registered,
    remaining: registered,
    ...others,
  };
}

/** A task size, 250 CPU units and 400 MiB unless told. */
export function taskSize(cpuUnits = 250, memoryMiB = 400, others: Partial<TaskSize> = {}): TaskSize {
  return {
    name: 'web',
    cpuUnits,
    memoryMiB,
    gpus: 0,
    tcpPorts: [],
    udpPorts: [],
    networkMode: 'bridge',
    others: [],
    requiredAttributes: [],
    placementConstraints: [],
    headroom: 0,
    ...others,
  };
}
