import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseContainerInstanceStateChange } from '@plimsoll/event-schemas/container-instance-state-change';
import type { EcsEvent, LocalEndpoint } from '../../src/index.js';
import { countingIds, steppingClock } from '../helpers/fixed-inputs.js';
import { addDefinition, addHost, expectAccepted } from '../helpers/hosts.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';
import { replay } from '../helpers/replayed-cluster.js';

let told: EcsEvent[];
let endpoint: LocalEndpoint;

beforeEach(async () => {
  told = [];
  endpoint = await openEndpoint({ clock: steppingClock(), newId: countingIds(), onEvent: (event) => told.push(event) });
});

afterEach(closeAll);

/** Kind, version and status of each event, in order. */
function story(events: readonly EcsEvent[]): readonly string[] {
  return events.map((event) =>
    event['detail-type'] === 'ECS Task State Change'
      ? `task ${event.detail.version} ${event.detail.lastStatus}/${event.detail.desiredStatus}`
      : `host ${event.detail.version} ${event.detail.status}${event.detail.agentConnected ? '' : ' disconnected'}`,
  );
}

/** A history with every kind of change. */
function live(): void {
  const host = addHost(endpoint, { zone: 'us-east-1a', gpus: ['g0'] });
  addDefinition(endpoint, 'web', {
    portMappings: [{ containerPort: 80, hostPort: 8080 }],
    resourceRequirements: [{ type: 'GPU', value: '1' }],
  });
  const { tasks } = expectAccepted(endpoint.ecs('RunTask', { taskDefinition: 'web' }));
  endpoint.setAgentConnected(host, false);
  endpoint.setAgentConnected(host, false);
  endpoint.setAgentConnected(host, true);
  expectAccepted(endpoint.ecs('UpdateContainerInstancesState', { containerInstances: [host], status: 'DRAINING' }));
  expectAccepted(endpoint.ecs('StopTask', { task: (tasks as { taskArn: string }[])[0]?.taskArn }));
  expectAccepted(endpoint.ecs('DeregisterContainerInstance', { containerInstance: host }));
}

test('each change is told once, in the order in which it happened', () => {
  live();
  expect(story(told)).toEqual([
    'host 1 ACTIVE',
    'task 1 PENDING/RUNNING',
    'host 2 ACTIVE',
    'task 2 RUNNING/RUNNING',
    'host 3 ACTIVE disconnected',
    'host 4 ACTIVE',
    'host 5 DRAINING',
    'task 3 RUNNING/STOPPED',
    'task 4 STOPPED/STOPPED',
    'host 6 DRAINING',
    'host 7 INACTIVE',
  ]);
  expect(replay(told).faults).toEqual([]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
});

test('every container instance event passes the parser of the consumers', () => {
  live();
  const hosts = told.filter((event) => event['detail-type'] === 'ECS Container Instance State Change');
  expect(hosts).toHaveLength(7);
  for (const event of hosts) {
    expect(parseContainerInstanceStateChange(JSON.parse(JSON.stringify(event)))).toMatchObject({
      ok: true,
      value: { detail: event.detail },
    });
  }
});

test('a container instance event carries the envelope and the resources of ECS', () => {
  const host = addHost(endpoint, { cpu: 2048, memory: 3767, zone: 'us-east-1a' });
  addDefinition(endpoint, 'web');
  expectAccepted(endpoint.ecs('RunTask', { taskDefinition: 'web' }));
  const event = told.findLast((candidate) => candidate['detail-type'] === 'ECS Container Instance State Change');
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^\d{32}$/),
    'detail-type': 'ECS Container Instance State Change',
    source: 'aws.ecs',
    account: '111122223333',
    time: '2026-01-01T00:00:04Z',
    region: 'us-east-1',
    resources: [host],
    detail: {
      agentConnected: true,
      attributes: [{ name: 'ecs.availability-zone', value: 'us-east-1a' }],
      clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/default',
      containerInstanceArn: host,
      ec2InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      registeredResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 3767 },
        { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2376', '2375', '51678', '51679'] },
        { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
      ],
      remainingResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 1792 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 3255 },
        { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2376', '2375', '51678', '51679'] },
        { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
      ],
      status: 'ACTIVE',
      version: 2,
      updatedAt: '2026-01-01T00:00:04.250Z',
    },
  });
});

test('no event has a null or an undefined anywhere', () => {
  live();
  const holes = (value: unknown): boolean =>
    value === null || value === undefined || (typeof value === 'object' && Object.values(value).some(holes));
  expect(told.filter(holes)).toEqual([]);
});

test('an event that the listener causes is told after those already under way', async () => {
  const order: string[] = [];
  let listening = 0;
  let deepest = 0;
  const nested = await openEndpoint({
    onEvent: (event) => {
      listening += 1;
      deepest = Math.max(deepest, listening);
      order.push(...story([event]));
      if (event['detail-type'] === 'ECS Task State Change' && event.detail.lastStatus === 'PENDING') {
        nested.setAgentConnected(String(event.detail.containerInstanceArn), false);
      }
      listening -= 1;
    },
  });
  addHost(nested);
  addDefinition(nested, 'web');
  nested.ecs('RunTask', { taskDefinition: 'web' });
  expect(deepest).toBe(1);
  expect(order).toEqual([
    'host 1 ACTIVE',
    'task 1 PENDING/RUNNING',
    'host 2 ACTIVE',
    'task 2 RUNNING/RUNNING',
    'host 3 ACTIVE disconnected',
  ]);
});

test('a listener that throws is told every event all the same, and the caller sees the fault', async () => {
  const seen: EcsEvent[] = [];
  const faulty = await openEndpoint({
    onEvent: (event) => {
      seen.push(event);
      if (seen.length > 1) {
        throw new RangeError('listener broke');
      }
    },
  });
  addHost(faulty);
  addDefinition(faulty, 'web');
  expect(() => faulty.ecs('RunTask', { taskDefinition: 'web' })).toThrow('listener broke');
  expect(story(seen)).toEqual(['host 1 ACTIVE', 'task 1 PENDING/RUNNING', 'host 2 ACTIVE', 'task 2 RUNNING/RUNNING']);
});

test('an unknown container instance cannot be disconnected', () => {
  const host = addHost(endpoint);
  expectAccepted(endpoint.ecs('DeregisterContainerInstance', { containerInstance: host }));
  for (const arn of [host, 'arn:aws:ecs:us-east-1:111122223333:container-instance/default/nobody']) {
    expect(() => endpoint.setAgentConnected(arn, false)).toThrow(expect.objectContaining({ code: 'UNKNOWN_RESOURCE', arn }));
  }
});

const samples = process.env.PLIMSOLL_SAMPLES;
const described = samples === undefined ? describe.skip : describe;

described('against recorded data', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(samples ?? '', file), 'utf8'));
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return [];
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]))
      : typeof value;
  };

  test('a container instance event has the members of the recorded one, and no others', () => {
    const recorded = read('events/container-instance-003.json');
    expectAccepted(endpoint.ecs('CreateCluster', {}));
    expectAccepted(endpoint.ecs('RegisterContainerInstance', { versionInfo: recorded.detail.versionInfo }));
    expect(shape(told[0])).toEqual(shape(recorded));
  });

  test('a described host has the members and the resource shapes of the recorded one', () => {
    const [recorded] = read('api/container-instances-01.json').containerInstances;
    expectAccepted(endpoint.ecs('CreateCluster', {}));
    const registration = {
      versionInfo: recorded.versionInfo,
      totalResources: recorded.registeredResources,
      attributes: recorded.attributes,
    };
    const { containerInstance } = expectAccepted(endpoint.ecs('RegisterContainerInstance', registration));
    const { registeredAt: _recordedAt, ...members } = recorded;
    const { registeredAt: _registeredAt, ...answered } = containerInstance as Record<string, unknown>;
    expect(shape(answered)).toEqual(shape(members));
    expect(answered).toMatchObject({ registeredResources: recorded.registeredResources, remainingResources: recorded.remainingResources });
    expect(answered.attributes).toEqual(recorded.attributes);
  });
});
