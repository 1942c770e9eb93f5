import { decideCluster } from '../../src/decide-cluster.js';
import { decideScaleIn, type ScaleInDecision } from '../../src/decide-scale-in.js';
import { type ModelHost, type ModelService, ScheduledCluster, type Strategy } from './scheduled-cluster.js';

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
  /** Those of them whose tasks did not all find room. */
  readonly unsafe: number;
  /** Tasks that found no room when their host was drained. */
  readonly homeless: number;
  /** Whether hosts were short after a removal, so that a scale-out would follow. */
  readonly scaledOut: boolean;
}

const CONFIGURATION = { alarmName: 'drainable', autoScalingGroupName: 'hosts', maxDraining: 1, dryRun: false };

/** What a trial is made with beside chance. */
export interface TrialOptions {
  /** Hosts that may drain at once. @default 1 */
  readonly maxDraining?: number;
  /** Capacity providers that the hosts belong to by turns, and each service to one of them or none. @default none */
  readonly providers?: readonly string[];
  /** Whether the decision is told of them. @default true */
  readonly tellsProviders?: boolean;
}

/** Makes a random cluster whose tasks a strategy placed, stops some, and then removes the hosts that scale-in names, `maxDraining` at once. */
export function scaleInTrial(strategy: Strategy, random: Random, options: TrialOptions = {}): Trial {
  const { maxDraining = 1, providers = [], tellsProviders = true } = options;
  const { cluster, services } = randomCluster(strategy, random, providers);
  const balanceZones = random.below(2) === 0;
  return removeHosts(cluster, () => {
    const decision = decide(cluster, services, { balanceZones, tellsProviders });
    const { hosts, scaling } = decision;
    const configuration = { ...CONFIGURATION, maxDraining, balanceZones };
    const scaled = decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling, going: new Set() });
    return { going: goingOf(cluster, scaled), isShort: scaling.hostsShort > 0 };
  });
}

/** What came of removing hosts in the middle of a rolling deployment. */
export interface DeploymentTrial extends Trial {
  /** Newer tasks that found no room once hosts had gone, though the older ones still ran. */
  readonly stuck: number;
}

/**
 * The same in the middle of a rolling deployment of one service to another size: hosts are removed while it has started some of its newer
 * tasks, and then it starts the rest.
 */
export function deploymentTrial(strategy: Strategy, random: Random, maxDraining = 1): DeploymentTrial | undefined {
  const { cluster, services } = randomCluster(strategy, random);
  const running = (service: ModelService) => cluster.tasks.filter((task) => task.service === service).length;
  const older = services.find((service) => service.port === 0 && !service.distinctInstance && running(service) > 0);
  if (older === undefined) return undefined;
  const newer = { ...older, cpuUnits: 128 * (1 + random.below(12)), memoryMiB: 256 * (1 + random.below(14)) };
  const wanted = running(older);
  const started = Array.from({ length: random.below(wanted + 1) }, () => cluster.place(newer)).filter((task) => task !== undefined);
  const deployment = { service: newer, wanted, running: started.length };
  const after = services.map((service) => (service === older ? newer : service));
  const trial = removeHosts(cluster, () => {
    const { hosts, scaling } = decide(cluster, after, { balanceZones: false, deployment });
    const configuration = { ...CONFIGURATION, maxDraining, balanceZones: false };
    const scaled = decideScaleIn({ configuration, alarmState: 'ALARM', hosts, scaling, going: new Set() });
    return { going: goingOf(cluster, scaled), isShort: scaling.hostsShort > 0 };
  });
  const rest = Array.from({ length: wanted - started.length }, () => cluster.place(newer));
  return { ...trial, stuck: trial.removed === 0 ? 0 : rest.filter((task) => task === undefined).length };
}

/**
 * The same with the rule of pooled sums: while the sums over all hosts come to more than one idle host of the first host's type, one
 * of the Availability Zone with most hosts goes; short is a sum below one task. The task counted is the largest in CPU and in memory.
 */
export function pooledScaleInTrial(strategy: Strategy, random: Random): Trial {
  const { cluster, services } = randomCluster(strategy, random);
  const cpuUnits = Math.max(...services.map((service) => service.cpuUnits));
  const memoryMiB = Math.max(...services.map((service) => service.memoryMiB));
  return removeHosts(cluster, () => {
    const free = cluster.hosts.map((host) => cluster.free(host));
    const cpuTasks = free.reduce((sum, room) => sum + Math.floor(room.cpuUnits / cpuUnits), 0);
    const memoryTasks = free.reduce((sum, room) => sum + Math.floor(room.memoryMiB / memoryMiB), 0);
    const [reference] = cluster.hosts;
    if (reference === undefined) return { going: [], isShort: true };
    const idle = Math.min(cpuTasks / Math.floor(reference.cpuUnits / cpuUnits), memoryTasks / Math.floor(reference.memoryMiB / memoryMiB));
    const inZone = (zone: string) => cluster.hosts.filter((host) => host.zone === zone);
    const fullest = cluster.hosts.reduce((a, b) => (inZone(b.zone).length > inZone(a.zone).length ? b : a));
    const isShort = Math.min(cpuTasks, memoryTasks) < 1;
    return { going: !isShort && idle > 1 && cluster.hosts.length > 1 ? [fullest] : [], isShort };
  });
}

function goingOf(cluster: ScheduledCluster, scaled: ScaleInDecision): readonly ModelHost[] {
  const named = scaled.kind === 'remove' ? [scaled, ...scaled.others] : [];
  return named.flatMap(({ ec2InstanceId }) => cluster.hosts.find(({ id }) => `i-${id}` === ec2InstanceId) ?? []);
}

function randomCluster(strategy: Strategy, random: Random, providers: readonly string[] = []) {
  const cluster = new ScheduledCluster(strategy, random);
  const services = Array.from({ length: 1 + random.below(4) }, (_, index) => randomService(index, random, providers));
  const count = 2 + random.below(14);
  for (let index = 0; index < count; index += 1) {
    const isBig = random.below(3) === 0;
    const provider = providers[index % providers.length];
    cluster.addHost({
      ...{ zone: `eu-west-1${'abc'[index % 3]}`, cpuUnits: isBig ? 4096 : 2048, memoryMiB: isBig ? 15_500 : 7_680 },
      ...(provider === undefined ? {} : { provider }),
    });
  }
  const wanted = random.below(count * 5);
  for (let index = 0; index < wanted; index += 1) cluster.place(services[random.below(services.length)] as ModelService);
  // Services were scaled in since: what is left is scattered.
  const share = random.below(4);
  for (const task of [...cluster.tasks]) if (random.below(4) < share) cluster.stop(task);
  return { cluster, services };
}

interface Choice {
  readonly going: readonly ModelHost[];
  readonly isShort: boolean;
}

function removeHosts(cluster: ScheduledCluster, choose: () => Choice): Trial {
  const hosts = cluster.hosts.length;
  let removed = 0;
  let unsafe = 0;
  let homeless = 0;
  let scaledOut = false;
  for (;;) {
    const { going, isShort } = choose();
    if (removed > 0 && isShort) scaledOut = true;
    if (going.length === 0 || (removed > 0 && isShort)) return { hosts, removed, unsafe, homeless, scaledOut };
    for (const host of going) {
      const waiting = cluster.drain(host);
      homeless += waiting;
      removed += 1;
      if (waiting > 0) unsafe += 1;
    }
  }
}

interface Circumstances {
  readonly balanceZones: boolean;
  /** Whether the records name the capacity providers. @default true */
  readonly tellsProviders?: boolean;
  /** A service on its way to a newer revision, of which some tasks run. */
  readonly deployment?: { readonly service: ModelService; readonly wanted: number; readonly running: number };
}

function decide(cluster: ScheduledCluster, services: readonly ModelService[], circumstances: Circumstances) {
  const { balanceZones, deployment, tellsProviders = true } = circumstances;
  const told = (provider: string | undefined): provider is string => tellsProviders && provider !== undefined;
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
        ...(told(host.provider) ? { capacityProviderName: host.provider } : {}),
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
      ...(deployment?.service === service
        ? {
            deployments: [
              { status: 'PRIMARY', desiredCount: deployment.wanted, runningCount: deployment.running, pendingCount: 0 },
              { status: 'ACTIVE', desiredCount: deployment.wanted, runningCount: deployment.wanted },
            ],
          }
        : {}),
      serviceName: service.name,
      status: 'ACTIVE',
      schedulingStrategy: 'REPLICA' as const,
      ...(told(service.provider)
        ? { capacityProviderStrategy: [{ capacityProvider: service.provider, weight: 1 }] }
        : { launchType: 'EC2' as const }),
      desiredCount: cluster.tasks.filter((task) => task.service === service).length,
    })),
    serviceSizes: sizes,
    balanceZones,
  });
}

function randomService(index: number, random: Random, providers: readonly string[]): ModelService {
  const provider = providers.length === 0 ? undefined : [undefined, ...providers][random.below(providers.length + 1)];
  return {
    ...(provider === undefined ? {} : { provider }),
    name: `service-${index}`,
    cpuUnits: 128 * (1 + random.below(12)),
    memoryMiB: 256 * (1 + random.below(14)),
    port: random.below(5) === 0 ? 8000 + index : 0,
    distinctInstance: random.below(5) === 0,
    headroom: random.below(3),
  };
}
