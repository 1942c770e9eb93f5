import { decideCluster } from '../../src/decide-cluster.js';
import { decideScaleIn } from '../../src/decide-scale-in.js';
import { type ModelService, ScheduledCluster, type Strategy } from './scheduled-cluster.js';

/** Random numbers. */
export interface Random {
  readonly below: (bound: number) => number;
}

/** What came of removing hosts from one cluster until none could go. */
export interface Trial {
  /** Hosts at first. */
  readonly hosts: number;
  /** Hosts that were named and drained. */
  readonly removed: number;
  /** Tasks that found no room when their host was drained. */
  readonly homeless: number;
  /** Whether hosts were short after a removal, so that a scale-out would follow. */
  readonly scaledOut: boolean;
}

const CONFIGURATION = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining: 1, dryRun: false };

/** Makes a random cluster whose tasks a strategy placed, stops some, and then removes the hosts that scale-in names, one after another. */
export function scaleInTrial(strategy: Strategy, random: Random): Trial {
  const cluster = new ScheduledCluster(strategy, random);
  const services = Array.from({ length: 1 + random.below(4) }, (_, index) => randomService(index, random));
  const count = 2 + random.below(14);
  for (let index = 0; index < count; index += 1) {
    const isBig = random.below(3) === 0;
    cluster.addHost(`eu-west-1${'abc'[index % 3]}`, isBig ? 4096 : 2048, isBig ? 15_500 : 7_680);
  }
  const wanted = random.below(count * 5);
  for (let index = 0; index < wanted; index += 1) cluster.place(services[random.below(services.length)] as ModelService);
  // Services were scaled in since: what is left is scattered.
  const share = random.below(4);
  for (const task of [...cluster.tasks]) if (random.below(4) < share) cluster.stop(task);
  return removeHosts(cluster, services, random.below(2) === 0);
}

function removeHosts(cluster: ScheduledCluster, services: readonly ModelService[], balanceZones: boolean): Trial {
  const hosts = cluster.hosts.length;
  let removed = 0;
  let homeless = 0;
  let scaledOut = false;
  for (;;) {
    const decision = decide(cluster, services, balanceZones);
    if (removed > 0 && decision.scaling.hostsShort > 0) scaledOut = true;
    const scaled = decideScaleIn({
      configuration: { ...CONFIGURATION, balanceZones },
      alarmState: 'ALARM',
      hosts: decision.hosts,
      scaling: decision.scaling,
      going: new Set(),
    });
    if (scaled.kind === 'stay') return { hosts, removed, homeless, scaledOut };
    const host = cluster.hosts.find(({ id }) => `i-${id}` === scaled.ec2InstanceId);
    if (host === undefined) return { hosts, removed, homeless: homeless + 1, scaledOut };
    homeless += cluster.drain(host);
    removed += 1;
  }
}

function decide(cluster: ScheduledCluster, services: readonly ModelService[], balanceZones: boolean) {
  const arnOf = (id: number): string => `arn:aws:ecs:eu-west-1:111122223333:container-instance/demo/${String(id).padStart(8, '0')}`;
  const resources = (cpuUnits: number, memoryMiB: number, ports: readonly number[]) => [
    { name: 'CPU', type: 'INTEGER', integerValue: cpuUnits },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memoryMiB },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: ports.map(String) },
  ];
  const sizes = services.map(({ name, cpuUnits, memoryMiB, port, distinctInstance, headroom }) => ({
    ...{
      name,
      group: `service:${name}`,
      cpuUnits,
      memoryMiB,
      gpus: 0,
      tcpPorts: port > 0 ? [port] : [],
      udpPorts: [],
      networkMode: 'bridge' as const,
    },
    ...{ others: [], requiredAttributes: [], headroom },
    placementConstraints: distinctInstance ? [{ type: 'distinctInstance' as const }] : [],
  }));
  const [first, ...rest] = sizes;
  return decideCluster({
    records: cluster.hosts.map((host) => {
      const { cpuUnits, memoryMiB } = cluster.free(host);
      const tasks = cluster.tasksOn(host);
      const ports = tasks.flatMap(({ service }) => (service.port > 0 ? [service.port] : []));
      return {
        containerInstanceArn: arnOf(host.id),
        ec2InstanceId: `i-${host.id}`,
        status: host.status,
        agentConnected: true,
        version: 1,
        registeredResources: resources(host.cpuUnits, host.memoryMiB, []),
        remainingResources: resources(cpuUnits, memoryMiB, ports),
        runningTasksCount: tasks.length,
        pendingTasksCount: 0,
        attributes: [
          { name: 'ecs.availability-zone', value: host.zone },
          { name: 'ecs.instance-type', value: host.cpuUnits > 2048 ? 'm5.xlarge' : 'm5.large' },
        ],
      };
    }),
    updates: [],
    taskSizes: [first as NonNullable<typeof first>, ...rest],
    tasks: cluster.tasks.map(({ id, service, host }) => ({
      taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/demo/${id}`,
      containerInstanceArn: arnOf(host.id),
      group: `service:${service.name}`,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      launchType: 'EC2',
      cpu: String(service.cpuUnits),
      memory: String(service.memoryMiB),
      containers: service.port > 0 ? [{ networkBindings: [{ hostPort: service.port, protocol: 'tcp' }] }] : [],
      attachments: [],
      version: 1,
    })),
    services: services.map((service) => ({
      serviceName: service.name,
      status: 'ACTIVE',
      schedulingStrategy: 'REPLICA' as const,
      launchType: 'EC2' as const,
      desiredCount: cluster.tasks.filter((task) => task.service === service).length,
    })),
    serviceSizes: sizes,
    balanceZones,
  });
}

function randomService(index: number, random: Random): ModelService {
  return {
    name: `service-${index}`,
    cpuUnits: 128 * (1 + random.below(12)),
    memoryMiB: 256 * (1 + random.below(14)),
    port: random.below(5) === 0 ? 8000 + index : 0,
    distinctInstance: random.below(5) === 0,
    headroom: random.below(3),
  };
}
