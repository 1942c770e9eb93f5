import { type CapacityExplanation, explainCapacity, type Host, type PlacementOptions, type TaskSize } from '../src/index.js';
import { host, resources, taskSize } from './helpers/synthetic-hosts.js';

const GIVEN = { networkInterfaceLimits: {} } satisfies PlacementOptions;

function explain(hosts: readonly Host[], size: TaskSize, options: PlacementOptions = GIVEN): CapacityExplanation | undefined {
  return explainCapacity(hosts, [size], options)[0];
}

const left = (name: string, cpuUnits: number, memoryMiB: number, tcp: readonly number[] = []): Host =>
  host(name, { remaining: resources(cpuUnits, memoryMiB, { takenTcpPorts: tcp }) });

it('says of what no host has enough, and on how many hosts what is short', () => {
  const hosts = [left('a', 1024, 500), left('b', 100, 700), left('c', 1024, 799)];
  expect(explain(hosts, taskSize(250, 800))).toEqual({
    name: 'web',
    sentence: 'no host has 800 MiB free; 3 of 3 hosts are short of MEMORY, 1 is short of CPU',
    reasons: [
      { reason: 'MEMORY', hosts: 3 },
      { reason: 'CPU', hosts: 1 },
    ],
  });
});

it('names everything the task asks for where no one thing is short everywhere', () => {
  const hosts = [left('a', 1024, 10), left('b', 1024, 20), left('c', 900, 30), left('d', 900, 993, [8080]), left('e', 900, 993, [8080])];
  expect(explain(hosts, taskSize(250, 800, { tcpPorts: [8080] }))?.sentence).toBe(
    'no host takes web with 250 CPU units, 800 MiB, tcp/8080; 3 of 5 hosts are short of MEMORY, 2 have tcp/8080 taken',
  );
});

it('says how many fit, and what stops one more', () => {
  expect(explain([left('a', 1024, 993), left('b', 24, 993)], taskSize())?.sentence).toBe(
    '2 more on 1 host; then 1 of 2 hosts is short of CPU, 1 is short of MEMORY',
  );
});

it('does not deny a port that some host has free', () => {
  const size = taskSize(1, 1, { tcpPorts: [80, 81], udpPorts: [53, 54] });
  expect(explain([left('a', 9, 9, [80]), left('b', 9, 9, [81])], size)?.sentence).toBe(
    'no host has all of tcp/80, tcp/81 free; 2 of 2 hosts have one of tcp/80, tcp/81 taken',
  );
  expect(explain([left('a', 9, 9, [80]), left('b', 0, 9)], size)?.sentence).toBe(
    'no host takes web with 1 CPU unit, 1 MiB, tcp/80, tcp/81, udp/53, udp/54; 1 of 2 hosts is short of CPU, 1 has one of tcp/80, tcp/81 taken',
  );
});

it('says at most where the number is an upper bound', () => {
  const size = taskSize(1, 1, { placementConstraints: [{ type: 'distinctInstance' }], group: 'service:web' });
  const [used, empty] = [left('a', 900, 900), host('b')];
  expect(explain([used, empty], size)?.sentence).toBe('at most 2 more on 2 hosts; then 2 of 2 hosts have one already, by distinctInstance');
  expect(explain([empty], size)?.sentence).toBe('1 more on 1 host; then 1 of 1 host has one already, by distinctInstance');
});

it.each<[string, Host[], TaskSize, PlacementOptions, string]>([
  ['no host', [], taskSize(), {}, 'no host is registered'],
  ['one that draws no tasks', [host('a', { status: 'REGISTERING' })], taskSize(), {}, 'no host is registered'],
  [
    'draining',
    [host('a', { status: 'DRAINING' }), host('b', { status: 'DRAINING' })],
    taskSize(),
    {},
    'no host takes tasks; 2 of 2 hosts are DRAINING',
  ],
  ['agent', [host('a', { agentConnected: false })], taskSize(), {}, 'no host takes tasks; 1 of 1 host has an AGENT that is not connected'],
  ['GPU', [host('a')], taskSize(1, 1, { gpus: 2 }), {}, 'no host has 2 GPUs free; 1 of 1 host is short of GPU'],
  [
    'udp',
    [left('a', 9, 9)],
    taskSize(1, 1, { udpPorts: [53, 54] }),
    {},
    '1 more on 1 host; then 1 of 1 host has one of udp/53, udp/54 taken',
  ],
  [
    'network interfaces',
    [host('a', { attributes: [{ name: 'ecs.instance-type', value: 'tiny' }] })],
    taskSize(1, 1, { networkMode: 'awsvpc' }),
    { networkInterfaceLimits: { tiny: { interfaces: 1 } } },
    'no host has a network interface free; 1 of 1 host has no network interface free',
  ],
  [
    'one attribute',
    [host('a')],
    taskSize(1, 1, { requiredAttributes: [{ name: 'ecs.os-type', value: 'windows' }] }),
    {},
    'no host has attribute ecs.os-type=windows; 1 of 1 host lacks attribute ecs.os-type=windows',
  ],
  [
    'several attributes',
    [host('a'), host('b')],
    taskSize(1, 1, { requiredAttributes: [{ name: 'x' }, { name: 'y' }] }),
    {},
    'no host has every required attribute; 2 of 2 hosts lack a required ATTRIBUTE',
  ],
  [
    'distinctInstance',
    [host('a')],
    taskSize(1, 1, { placementConstraints: [{ type: 'distinctInstance' }], group: 'service:web' }),
    {},
    '1 more on 1 host; then 1 of 1 host has one already, by distinctInstance',
  ],
  [
    'a resource of the user',
    [host('a')],
    taskSize(1, 1, { others: [{ name: 'LICENCES', amount: 2 }] }),
    {},
    'no host has 2 LICENCES free; 1 of 1 host is short of RESOURCE:LICENCES',
  ],
])('of %s', (_, hosts, size, options, sentence) => {
  expect(explain(hosts, size, options)?.sentence).toBe(sentence);
});
