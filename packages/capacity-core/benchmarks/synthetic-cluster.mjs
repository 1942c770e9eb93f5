import { parsePlacementExpression } from '../lib/index.js';

/** Numbers that look random and are the same in every run. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Hosts of four types, partly used, a few of them draining or away. */
export function syntheticHosts(count) {
  const next = numbers(1);
  const random = () => next.next().value;
  return Array.from({ length: count }, (_, index) => {
    const scale = 2 ** Math.floor(random() * 4);
    const registered = {
      cpuUnits: 1024 * scale,
      memoryMiB: 1985 * scale,
      gpus: 0,
      takenTcpPorts: [22, 2375, 2376, 51678],
      takenUdpPorts: [],
      others: [],
    };
    const remaining = {
      ...registered,
      cpuUnits: Math.floor(registered.cpuUnits * random()),
      memoryMiB: Math.floor(registered.memoryMiB * random()),
      takenTcpPorts: random() < 0.5 ? registered.takenTcpPorts : [...registered.takenTcpPorts, 8080],
    };
    return {
      containerInstanceArn: `arn:aws:ecs:us-east-1:111122223333:container-instance/bench/${index}`,
      status: random() < 0.02 ? 'DRAINING' : 'ACTIVE',
      agentConnected: random() > 0.01,
      version: 1,
      attributes: [],
      registered,
      remaining,
    };
  });
}

/** Task sizes from small to large, each fifth with a fixed host port. */
export function syntheticTaskSizes(count) {
  return Array.from({ length: count }, (_, index) => ({
    name: `size-${index}`,
    cpuUnits: 64 + 32 * index,
    memoryMiB: 128 + 48 * index,
    gpus: 0,
    tcpPorts: index % 5 === 0 ? [8080] : [],
    udpPorts: [],
    networkMode: 'bridge',
    others: [],
    requiredAttributes: [],
    placementConstraints: [],
    headroom: 0,
  }));
}

/** The same sizes with what keeps them out of the fast pass over columns; each with how it is called. */
export function otherTaskSizes(count) {
  const sizes = syntheticTaskSizes(count);
  const within = (fields) => sizes.map((size) => ({ ...size, group: `service:${size.name}`, ...fields }));
  return [
    ['attributes', within({ requiredAttributes: [{ name: 'ecs.os-type', value: 'linux' }] })],
    ['network interfaces', within({ networkMode: 'awsvpc', tcpPorts: [] })],
    ['distinctInstance', within({ placementConstraints: [{ type: 'distinctInstance' }] })],
    ['memberOf', within({ placementConstraints: [{ type: 'memberOf', expression: NOT_BESIDE_CRON }] })],
  ];
}

/** The hosts with the attributes that ECS and its agent give. */
export function withAttributes(hosts) {
  const attributes = ATTRIBUTES.map(([name, value]) => ({ name, value }));
  return hosts.map((host) => ({ ...host, attributes }));
}

/** Records of the hosts as events carry them, in turn, each newer than the one before and none shared. */
export function syntheticEvents(hosts, count) {
  return Array.from({ length: count }, (_, index) => {
    const host = hosts[(index * 7919) % hosts.length];
    return {
      containerInstanceArn: host.containerInstanceArn,
      status: host.status,
      agentConnected: host.agentConnected,
      version: 2 + index,
      attributes: ATTRIBUTES.map(([name, value]) => ({ name, value })),
      registeredResources: recordsOf(host.registered),
      remainingResources: recordsOf(host.remaining),
    };
  });
}

const ATTRIBUTES = [
  ['ecs.instance-type', 'c5.large'],
  ['ecs.availability-zone', 'us-east-1a'],
  ['ecs.os-type', 'linux'],
  ['ecs.cpu-architecture', 'x86_64'],
];

const NOT_BESIDE_CRON = parsePlacementExpression('attribute:ecs.instance-type =~ c5.* and not(task:group == service:cron)').value;

function recordsOf(resources) {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: resources.cpuUnits },
    { name: 'MEMORY', type: 'INTEGER', integerValue: resources.memoryMiB },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: resources.takenTcpPorts.map(String) },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
  ];
}
