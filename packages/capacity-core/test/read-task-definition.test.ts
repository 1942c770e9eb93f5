import { parsePlacementExpression, readTaskDefinition } from '../src/index.js';
import { follow } from './helpers/record-path.js';
import { taskSize } from './helpers/synthetic-hosts.js';

const CONTAINER = { name: 'app', cpu: 128, memory: 300 };

/** What one task takes, of a task definition in network mode bridge unless told. */
function sizeOf(fields: object, ...containers: object[]): unknown {
  const read = readTaskDefinition({ family: 'web', containerDefinitions: containers.length === 0 ? [CONTAINER] : containers, ...fields });
  return read.ok ? read.value : read.error;
}

const mapped = (mapping: object, networkMode?: string): unknown =>
  sizeOf(networkMode === undefined ? {} : { networkMode }, { ...CONTAINER, portMappings: [mapping] });

describe('CPU and memory', () => {
  it('are the sums over the containers, of each the reservation before the limit', () => {
    const sidecar = { cpu: 64, memory: 500, memoryReservation: 100 };
    expect(sizeOf({}, CONTAINER, sidecar, { memoryReservation: 0, memory: 50 })).toStrictEqual(taskSize(192, 450, { group: 'family:web' }));
  });

  it.each([
    [{ cpu: '1024', memory: '2048' }, 1024, 2048],
    [{ cpu: '.5 vCPU', memory: '2 GB' }, 512, 2048],
    [{ cpu: '1vcpu', memory: '0' }, 1024, 300],
    [{ cpu: ' 10.25  VCPU', memory: '12gb' }, 10_496, 12_288],
    [{ cpu: ' 512 ', memory: '.125 GB' }, 512, 128],
    [{ cpu: '0' }, 128, 300],
    [{ memory: 512 }, 128, 512],
  ])('of the task come before those of its containers: %j', (task, cpuUnits, memoryMiB) => {
    expect(sizeOf(task)).toMatchObject({ cpuUnits, memoryMiB });
  });

  it('of the task are ignored for Windows containers', () => {
    const task = { cpu: '1024', memory: '2048' };
    expect(sizeOf({ ...task, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })).toMatchObject({
      cpuUnits: 128,
      memoryMiB: 300,
    });
    expect(sizeOf({ ...task, runtimePlatform: { operatingSystemFamily: 'LINUX' } })).toMatchObject({ cpuUnits: 1024, memoryMiB: 2048 });
  });

  it('may be null, as all else that may be left out', () => {
    const nothing = {
      cpu: null,
      memory: null,
      networkMode: null,
      compatibilities: null,
      requiresAttributes: null,
      placementConstraints: null,
    };
    for (const runtimePlatform of [null, {}, { cpuArchitecture: null, operatingSystemFamily: null }]) {
      expect(sizeOf({ ...nothing, runtimePlatform })).toStrictEqual(taskSize(128, 300, { group: 'family:web' }));
    }
  });

  it('are none of a container that asks for no CPU', () => {
    expect(sizeOf({}, { memory: 300 })).toMatchObject({ cpuUnits: 0, memoryMiB: 300 });
  });
});

describe('host ports', () => {
  it.each([
    ['bridge', { containerPort: 80, hostPort: 8080 }, [8080], []],
    ['bridge', { containerPort: 80, hostPort: 8080, protocol: 'udp' }, [], [8080]],
    ['bridge', { containerPort: 80, hostPort: 8080, protocol: 'sctp' }, [8080], []],
    ['bridge', { containerPort: 80, hostPort: 0 }, [], []],
    ['bridge', { containerPort: 80 }, [], []],
    ['bridge', { containerPortRange: '8000-8010' }, [], []],
    ['default', { containerPort: 80, hostPort: 8080 }, [8080], []],
    ['host', { containerPort: 80 }, [80], []],
    ['host', { containerPort: 80, hostPort: 0, protocol: 'udp' }, [], [80]],
    ['host', { containerPort: 80, hostPort: 80 }, [80], []],
    ['awsvpc', { containerPort: 80, hostPort: 80 }, [], []],
    ['none', { containerPort: 80 }, [], []],
  ])('in network mode %s, of %j', (networkMode, mapping, tcpPorts, udpPorts) => {
    expect(mapped(mapping, networkMode)).toMatchObject({ tcpPorts, udpPorts });
  });

  it('count once where two containers name the same', () => {
    const app = { ...CONTAINER, portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: 'udp' }] };
    expect(sizeOf({ networkMode: 'host' }, app, app)).toMatchObject({ tcpPorts: [80], udpPorts: [53], networkMode: 'host' });
  });
});

it.each([
  [['FARGATE'], { code: 'UNSUPPORTED', path: 'compatibilities' }],
  [['EC2', 'FARGATE'], { cpuUnits: 128 }],
  [['EXTERNAL', 'EC2'], { cpuUnits: 128 }],
  [['MANAGED_INSTANCES'], { cpuUnits: 128 }],
  [[], { cpuUnits: 128 }],
  ['FARGATE', { code: 'WRONG_TYPE', path: 'compatibilities' }],
])('fit for %j', (compatibilities, expected) => {
  expect(sizeOf({ compatibilities })).toMatchObject(expected);
});

it('does not take what a task definition was checked for as all that it is fit for', () => {
  expect(sizeOf({ requiresCompatibilities: ['FARGATE'], compatibilities: ['EC2', 'FARGATE'] })).toMatchObject({ cpuUnits: 128 });
});

it('counts GPUs over the containers', () => {
  const gpu = (value: unknown) => ({ ...CONTAINER, resourceRequirements: [{ type: 'GPU', value }] });
  expect(sizeOf({}, gpu('2'), gpu('1'))).toMatchObject({ gpus: 3 });
});

it('requires the attributes it names and those of its platform, each once', () => {
  const requiresAttributes = [
    { name: 'com.amazonaws.ecs.capability.ecr-auth', targetId: 'x' },
    { name: 'ecs.os-type', value: 'linux' },
  ];
  expect(sizeOf({ requiresAttributes, runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } })).toMatchObject({
    requiredAttributes: [
      { name: 'com.amazonaws.ecs.capability.ecr-auth' },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: 'arm64' },
    ],
  });
  expect(sizeOf({ runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })).toMatchObject({
    requiredAttributes: [{ name: 'ecs.os-type', value: 'windows' }],
  });
});

it('takes the constraints of the task definition and those of the service', () => {
  const expression = 'attribute:stack == prod';
  const parsed = parsePlacementExpression(expression);
  const definition = {
    taskDefinition: { family: 'web', containerDefinitions: [CONTAINER], placementConstraints: [{ type: 'memberOf', expression }] },
  };
  const read = readTaskDefinition(definition, {
    name: 'shop',
    group: 'service:shop',
    headroom: 2,
    placementConstraints: [{ type: 'distinctInstance' }],
  });
  expect(read).toStrictEqual({
    ok: true,
    value: taskSize(128, 300, {
      name: 'shop',
      group: 'service:shop',
      headroom: 2,
      placementConstraints: [{ type: 'memberOf', expression: parsed.ok ? parsed.value : undefined } as never, { type: 'distinctInstance' }],
    }),
  });
});

describe('refuses', () => {
  const inContainer = (fields: object): object => ({ family: 'web', containerDefinitions: [{ ...CONTAINER, ...fields }] });
  it.each<[string, string, unknown]>([
    ['WRONG_TYPE', '', []],
    ['WRONG_TYPE', '', null],
    ['WRONG_TYPE', 'taskDefinition', { taskDefinition: 'web:3' }],
    ['MISSING_FIELD', 'family', {}],
    ['WRONG_TYPE', 'family', { family: 7 }],
    ['INVALID_NAME', 'family', { family: '', containerDefinitions: [CONTAINER] }],
    ['MISSING_FIELD', 'containerDefinitions', { family: 'web' }],
    ['MISSING_FIELD', 'taskDefinition.containerDefinitions', { taskDefinition: { family: 'web' } }],
    ['WRONG_TYPE', 'containerDefinitions', { family: 'web', containerDefinitions: {} }],
    ['WRONG_TYPE', 'containerDefinitions[0]', { family: 'web', containerDefinitions: ['app'] }],
    ['NO_DEMAND', '', { family: 'web', containerDefinitions: [] }],
    ['WRONG_TYPE', 'networkMode', { ...inContainer({}), networkMode: 'overlay' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: 'much' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: '0.0001 vCPU' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: '1 vCPUs' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: 'x1 vCPU' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: 'x.5 vCPU' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: '.5x vCPU' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: '1 vCPU vCPU' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: 'x512' }],
    ['OUT_OF_RANGE', 'cpu', { ...inContainer({}), cpu: '512x' }],
    ['OUT_OF_RANGE', 'memory', { ...inContainer({}), memory: '1 GBs' }],
    ['OUT_OF_RANGE', 'memory', { ...inContainer({}), memory: '1x GB' }],
    ['OUT_OF_RANGE', 'memory', { ...inContainer({}), memory: '1.5.5 GB' }],
    ['OUT_OF_RANGE', 'memory', { ...inContainer({}), memory: '-1' }],
    ['OUT_OF_RANGE', 'memory', { ...inContainer({}), memory: Number.NaN }],
    ['WRONG_TYPE', 'memory', { ...inContainer({}), memory: true }],
    ['WRONG_TYPE', 'containerDefinitions[0].cpu', inContainer({ cpu: '128' })],
    ['OUT_OF_RANGE', 'containerDefinitions[0].cpu', inContainer({ cpu: -1 })],
    ['OUT_OF_RANGE', 'containerDefinitions[0].memory', inContainer({ memory: 0.5 })],
    ['OUT_OF_RANGE', 'containerDefinitions[0].memoryReservation', inContainer({ memoryReservation: Number.POSITIVE_INFINITY })],
    ['OUT_OF_RANGE', 'containerDefinitions[0].memory', inContainer({ memory: 2 ** 31 })],
    ['WRONG_TYPE', 'containerDefinitions[0].portMappings', inContainer({ portMappings: {} })],
    ['WRONG_TYPE', 'containerDefinitions[0].portMappings[0]', inContainer({ portMappings: [80] })],
    ['OUT_OF_RANGE', 'containerDefinitions[0].portMappings[0].hostPort', inContainer({ portMappings: [{ hostPort: 65_536 }] })],
    ['WRONG_TYPE', 'containerDefinitions[0].portMappings[0].hostPort', inContainer({ portMappings: [{ hostPort: '80' }] })],
    [
      'MISSING_FIELD',
      'containerDefinitions[0].portMappings[0].containerPort',
      { ...inContainer({ portMappings: [{}] }), networkMode: 'host' },
    ],
    [
      'UNSUPPORTED',
      'containerDefinitions[0].resourceRequirements[0].type',
      inContainer({ resourceRequirements: [{ type: 'InferenceAccelerator', value: 'd' }] }),
    ],
    [
      'WRONG_TYPE',
      'containerDefinitions[0].resourceRequirements[0].value',
      inContainer({ resourceRequirements: [{ type: 'GPU', value: 'all' }] }),
    ],
    ['WRONG_TYPE', 'requiresAttributes[0].name', { ...inContainer({}), requiresAttributes: [{ value: 'x' }] }],
    ['WRONG_TYPE', 'runtimePlatform', { ...inContainer({}), runtimePlatform: 'ARM64' }],
    ['WRONG_TYPE', 'runtimePlatform.cpuArchitecture', { ...inContainer({}), runtimePlatform: { cpuArchitecture: 64 } }],
    ['WRONG_TYPE', 'placementConstraints[0].type', { ...inContainer({}), placementConstraints: [{ type: 'spread' }] }],
    [
      'INVALID_EXPRESSION',
      'placementConstraints[0].expression',
      { ...inContainer({}), placementConstraints: [{ type: 'memberOf', expression: 'attribute:a ==' }] },
    ],
  ])('%s at %j', (code, path, document) => {
    const read = readTaskDefinition(document);
    expect(read).toMatchObject({ ok: false, error: { code, path } });
    if (!read.ok && path !== '') {
      expect(follow(document, path)).not.toBe('nowhere');
      expect(read.error.message).toContain(path);
    }
  });
});
