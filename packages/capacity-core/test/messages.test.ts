import {
  clusterFromJson,
  exactCapacity,
  pooledCapacity,
  type Result,
  readHost,
  readTask,
  readTaskDefinition,
  readTaskSize,
  readTaskSizes,
} from '../src/index.js';
import { recordOf } from './helpers/container-instance-record.js';
import { arnOf, host, taskSize } from './helpers/synthetic-hosts.js';

const SIZE = { name: 'web', cpuUnits: 250, memoryMiB: 400 };
const CONTAINER = { name: 'app', cpu: 128, memory: 300 };
const TASK = { taskArn: 'task/1', lastStatus: 'RUNNING', version: 4, cpu: '250', memory: '400' };
const LONG = 'x'.repeat(50);
const CUT = JSON.stringify('x'.repeat(40));

/** What the user reads. */
function messageOf(result: Result<unknown, { readonly message: string }>): string {
  return result.ok ? 'no error' : result.error.message;
}

describe('a task size', () => {
  it.each<[object, string]>([
    [{ cpuUnits: '1' }, 'cpuUnits is a string: expected a whole number of CPU units'],
    [{ cpuUnits: -1 }, 'cpuUnits is -1: expected a whole number of CPU units, 0 or more'],
    [{ memoryMiB: null }, 'memoryMiB is null: expected a whole number of MiB'],
    [{ memoryMiB: undefined }, 'memoryMiB is missing: expected a whole number of MiB'],
    [{ gpus: 0.5 }, 'gpus is 0.5: expected a whole number of GPUs, 0 or more'],
    [{ tcpPorts: 80 }, 'tcpPorts is a number: expected a list of ports'],
    [{ tcpPorts: ['80'] }, 'tcpPorts[0] is a string: expected a port'],
    [{ tcpPorts: [65_536] }, 'tcpPorts[0] is 65536: expected a port, 1 to 65535'],
    [{ udpPorts: [53, 53] }, 'udpPorts[1] repeats port 53: name it once'],
    [{ name: 7 }, 'name is a number: expected a string'],
    [{ name: 'a b' }, 'name is "a b": use 1 to 255 letters, digits and _ . / : -, the first a letter or digit'],
    [{ cpuUnits: 0, memoryMiB: 0 }, 'task size (web) asks for nothing: give it CPU, memory, a GPU or a port'],
    [
      { cpu: 1 },
      'cpu is no field of a task size: use name, cpuUnits, memoryMiB, gpus, tcpPorts, udpPorts, networkMode, others, ' +
        'requiredAttributes, placementConstraints, group, headroom',
    ],
    [{ networkMode: LONG }, `networkMode is ${CUT}: expected awsvpc, bridge, host, none`],
    [{ networkMode: {} }, 'networkMode is an object: expected awsvpc, bridge, host, none'],
    [{ group: '' }, 'group is empty: expected a group such as service:web'],
    [{ group: [] }, 'group is an array: expected a group such as service:web'],
    [{ headroom: true }, 'headroom is a boolean: expected a whole number of tasks'],
    [{ headroom: 1.5 }, 'headroom is 1.5: expected a whole number of tasks, 0 or more'],
    [{ others: 1 }, 'others is a number: expected a list of resources'],
    [{ others: [1] }, 'others[0] is a number: expected a resource'],
    [{ others: [{}] }, 'others[0].name is missing: expected a string'],
    [{ others: [{ name: 'CPU' }] }, 'others[0].name is "CPU": name a resource that has no field of its own'],
    [{ others: [{ name: 'x'.repeat(256) }] }, `others[0].name is ${CUT}: name a resource that has no field of its own`],
    [{ others: [{ name: 'x', amount: '1' }] }, 'others[0].amount is a string: expected a number'],
    [{ others: [{ name: 'x', amount: -2 }] }, 'others[0].amount is -2: expected a number, 0 or more'],
    [{ others: [{ name: 'x', amount: 0.001 }] }, 'others[0].amount is 0.001: expected 0, or 0.01 or more of a smaller unit'],
    [
      {
        others: [
          { name: 'x', amount: 1 },
          { name: 'x', amount: 1 },
        ],
      },
      'others[1].name repeats "x": name it once',
    ],
    [{ requiredAttributes: {} }, 'requiredAttributes is an object: expected an array of attributes'],
    [{ requiredAttributes: [7] }, 'requiredAttributes[0] is a number: expected an attribute'],
    [{ requiredAttributes: [{ name: '' }] }, 'requiredAttributes[0].name is empty: expected a name'],
    [{ requiredAttributes: [{ name: 'x', value: 7 }] }, 'requiredAttributes[0].value is a number: expected a string'],
    [{ placementConstraints: {} }, 'placementConstraints is an object: expected a list of placement constraints'],
    [{ placementConstraints: [7] }, 'placementConstraints[0] is a number: expected a placement constraint'],
    [{ placementConstraints: [{ type: LONG }] }, `placementConstraints[0].type is ${CUT}: expected distinctInstance or memberOf`],
    [{ placementConstraints: [{}] }, 'placementConstraints[0].type is missing: expected distinctInstance or memberOf'],
    [{ placementConstraints: [{ type: 'memberOf', expression: 7 }] }, 'placementConstraints[0].expression is a number: expected a string'],
  ])('%j', (fields, message) => {
    expect(messageOf(readTaskSize({ ...SIZE, ...fields }))).toBe(message);
  });

  it('whose expression is refused says what the parser says', () => {
    expect(messageOf(readTaskSize({ ...SIZE, placementConstraints: [{ type: 'memberOf', expression: '(' }] }))).toMatch(
      /^placementConstraints\[0\]\.expression is refused: .*at character \d+; /,
    );
  });

  it('in a list', () => {
    expect(messageOf(readTaskSize('web'))).toBe('task size is a string: expected a task size');
    expect(messageOf(readTaskSize('web', 'sizes[2]'))).toBe('sizes[2] is a string: expected a task size');
    expect(messageOf(readTaskSizes({}))).toBe('taskSizes is an object: expected a list of task sizes');
    expect(messageOf(readTaskSizes([]))).toBe('taskSizes is empty: give at least one task size');
    expect(messageOf(readTaskSizes([SIZE, { ...SIZE, name: 'api' }, SIZE]))).toBe(
      'taskSizes[2].name repeats "web": give each task size a name of its own',
    );
  });
});

describe('a task definition', () => {
  const container = (fields: object): object => ({ containerDefinitions: [{ ...CONTAINER, ...fields }] });
  const port = (mapping: object): object => ({ ...container({ portMappings: [mapping] }), networkMode: 'host' });
  it.each<[object, string]>([
    [{ family: undefined }, 'family is missing: give the whole task definition'],
    [{ family: 7 }, 'family is a number: expected a string'],
    [{ taskDefinition: 7 }, 'taskDefinition is a number: expected a task definition'],
    [{ containerDefinitions: undefined }, 'containerDefinitions is missing: give the whole task definition'],
    [{ containerDefinitions: {} }, 'containerDefinitions is an object: expected a list of container definitions'],
    [{ containerDefinitions: ['app'] }, 'containerDefinitions[0] is a string: expected a container definition'],
    [{ networkMode: LONG }, `networkMode is ${CUT}: expected bridge, default, host, awsvpc, none`],
    [{ networkMode: 7 }, 'networkMode is a number: expected bridge, default, host, awsvpc, none'],
    [{ cpu: 'much' }, 'cpu is "much": expected a whole number of CPU units'],
    [{ cpu: LONG }, `cpu is ${CUT}: expected a whole number of CPU units`],
    [{ compatibilities: 'EC2' }, 'compatibilities is a string: expected a list of launch types'],
    [
      { compatibilities: ['FARGATE'] },
      'compatibilities is FARGATE alone, so no container instance takes its tasks: give one that is fit for EC2',
    ],
    [{ cpu: '1.1111 vcpu' }, 'cpu is 1137.7664: expected a whole number of CPU units, 0 to 2147483647'],
    [{ cpu: [] }, 'cpu is an array: expected a whole number of CPU units'],
    [{ memory: '-1' }, 'memory is "-1": expected a whole number of MiB'],
    [{ memory: 2_147_483_648 }, 'memory is 2147483648: expected a whole number of MiB, 0 to 2147483647'],
    [container({ cpu: '1' }), 'containerDefinitions[0].cpu is a string: expected a whole number of CPU units'],
    [container({ memory: '1' }), 'containerDefinitions[0].memory is a string: expected a whole number of MiB'],
    [
      container({ memoryReservation: -1 }),
      'containerDefinitions[0].memoryReservation is -1: expected a whole number of MiB, 0 to 2147483647',
    ],
    [
      container({ resourceRequirements: {} }),
      'containerDefinitions[0].resourceRequirements is an object: expected a list of resource requirements',
    ],
    [
      container({ resourceRequirements: [{ type: LONG }] }),
      `containerDefinitions[0].resourceRequirements[0].type is ${CUT}: only GPU can be counted`,
    ],
    [container({ resourceRequirements: [7] }), 'containerDefinitions[0].resourceRequirements[0].type is missing: only GPU can be counted'],
    [
      container({ resourceRequirements: [{ type: 'GPU', value: '1x' }] }),
      'containerDefinitions[0].resourceRequirements[0].value is a string: expected a whole number of GPUs',
    ],
    [
      container({ resourceRequirements: [{ type: 'GPU', value: 'x1' }] }),
      'containerDefinitions[0].resourceRequirements[0].value is a string: expected a whole number of GPUs',
    ],
    [
      container({ resourceRequirements: [{ type: 'GPU' }] }),
      'containerDefinitions[0].resourceRequirements[0].value is missing: expected a whole number of GPUs',
    ],
    [container({ portMappings: {} }), 'containerDefinitions[0].portMappings is an object: expected a list of port mappings'],
    [port([]), 'containerDefinitions[0].portMappings[0] is an array: expected a port mapping'],
    [port({}), 'containerDefinitions[0].portMappings[0].containerPort is missing: network mode host takes the port of the container'],
    [port({ containerPort: '80' }), 'containerDefinitions[0].portMappings[0].containerPort is a string: expected a port'],
    [port({ containerPort: 0 }), 'containerDefinitions[0].portMappings[0].containerPort is 0: expected a port, 1 to 65535'],
    [port({ hostPort: -1 }), 'containerDefinitions[0].portMappings[0].hostPort is -1: expected a port, 1 to 65535'],
    [port({ hostPort: 1.5 }), 'containerDefinitions[0].portMappings[0].hostPort is 1.5: expected a port, 1 to 65535'],
    [port({ hostPort: 65_536 }), 'containerDefinitions[0].portMappings[0].hostPort is 65536: expected a port, 1 to 65535'],
    [{ runtimePlatform: 'arm' }, 'runtimePlatform is a string: expected a runtime platform'],
    [{ runtimePlatform: { cpuArchitecture: 7 } }, 'runtimePlatform.cpuArchitecture is a number: expected a string'],
  ])('%j', (fields, message) => {
    const definition = { family: 'web', containerDefinitions: [CONTAINER], ...fields };
    expect(messageOf(readTaskDefinition(definition))).toBe(message);
  });

  it('that is no object, or has a family that names no task size', () => {
    expect(messageOf(readTaskDefinition(null))).toBe('the task definition is null: expected a JSON object');
    const wrapped = { taskDefinition: { family: '', containerDefinitions: [CONTAINER] } };
    expect(messageOf(readTaskDefinition(wrapped))).toMatch(/^taskDefinition\.family: name is "": use 1 to 255 letters/);
    const named = readTaskDefinition({ family: 'web', containerDefinitions: [CONTAINER] }, { name: '' });
    expect(named).toMatchObject({ ok: false, error: { path: 'name' } });
  });
});

describe('a host', () => {
  const RECORD = recordOf(host('a'));
  const NAMED = `container instance ${arnOf('a')}:`;
  it.each<[object, string]>([
    [{ containerInstanceArn: '' }, 'container instance: containerInstanceArn is empty: expected an ARN'],
    [{ containerInstanceArn: undefined }, 'container instance: containerInstanceArn is missing: give the whole record that ECS returned'],
    [{ status: 7 }, `${NAMED} status is a number: expected a string such as ACTIVE`],
    [{ agentConnected: 'yes' }, `${NAMED} agentConnected is a string: expected true or false`],
    [{ version: '1' }, `${NAMED} version is a string: expected a whole number`],
    [{ version: -1 }, `${NAMED} version is -1: expected a whole number, 0 or more`],
    [{ runningTasksCount: '1' }, `${NAMED} runningTasksCount is a string: expected a whole number`],
    [{ pendingTasksCount: -1 }, `${NAMED} pendingTasksCount is -1: expected a whole number, 0 or more`],
  ])('%j', (fields, message) => {
    const read = readHost({ ...RECORD, ...fields });
    expect(messageOf(read)).toBe(message);
    expect(read).toMatchObject({
      error: { code: message.includes(' -1:') ? 'OUT_OF_RANGE' : expect.stringMatching(/^(WRONG_TYPE|MISSING_FIELD)$/) },
    });
  });

  it('of a cluster that was written down', () => {
    expect(messageOf(readHost([]))).toBe('container instance: the record is an array: expected a container instance');
    expect(messageOf(clusterFromJson([]))).toBe('an array is no state of format 1: give what clusterToJson wrote');
    const state = (...containerInstances: readonly unknown[]): unknown => ({ format: 1, containerInstances });
    expect(messageOf(clusterFromJson(state(RECORD, RECORD)))).toBe(
      `containerInstances[1].containerInstanceArn repeats ${arnOf('a')}: keep one`,
    );
    expect(messageOf(clusterFromJson(state(7)))).toBe(
      'containerInstances[0]: container instance: the record is a number: expected a container instance',
    );
    expect(messageOf(clusterFromJson(state({ ...RECORD, agentDisconnectedSince: 'now' })))).toBe(
      'containerInstances[0].agentDisconnectedSince is a string: expected milliseconds since 1970',
    );
  });
});

describe('a task', () => {
  it.each<[object, string]>([
    [{ taskArn: '' }, 'task: taskArn is empty: expected an ARN'],
    [{ taskArn: undefined }, 'task: taskArn is missing: expected an ARN'],
    [{ lastStatus: 7 }, 'task task/1: lastStatus is a number: expected a string such as RUNNING'],
    [{ version: '4' }, 'task task/1: version is a string: expected a whole number'],
    [{ version: -1 }, 'version is -1: expected a whole number, 0 or more'],
    [{ group: 7 }, 'task task/1: group is a number: expected a string'],
    [{ taskArn: 'x'.repeat(300), group: 7 }, `task ${'x'.repeat(200)}: group is a number: expected a string`],
  ])('%j', (fields, message) => {
    expect(messageOf(readTask({ ...TASK, ...fields }))).toBe(message);
  });

  it('that is no object', () => {
    expect(messageOf(readTask(undefined))).toBe('the record is missing: expected a task');
    expect(readTask({ ...TASK, group: 7 })).toMatchObject({ error: { taskArn: 'task/1' } });
    expect(readTask({ ...TASK, taskArn: 7 })).toHaveProperty('error', expect.not.objectContaining({ taskArn: expect.anything() }));
  });
});

describe('the pooled method', () => {
  it('says what it overstates, what it leaves out and what it divides by', () => {
    const size = taskSize(2048, 400, {
      gpus: 1,
      others: [{ name: 'licence', amount: 1 }],
      networkMode: 'awsvpc',
      requiredAttributes: [{ name: 'x' }],
      placementConstraints: [{ type: 'distinctInstance' }],
    });
    const result = pooledCapacity([host('a')], [size]);
    expect(result.ok && result.value.taskSizes[0]?.notes.map(({ message }) => message)).toEqual([
      'sums over hosts count CPU on one host and memory on another as room for a task',
      'the pooled formula leaves out GPU, RESOURCE:licence, ENI, ATTRIBUTE, distinctInstance',
      `idle host capacity divides by zero: reference host ${arnOf('a')} holds 0 of these tasks by CPU`,
    ]);
    expect(messageOf(pooledCapacity([], [size], { referenceHostArn: 'b' }))).toBe(
      'reference host b is not among the 0 hosts given: name one of them',
    );
    expect(messageOf(pooledCapacity([], [taskSize(0, 0)]))).toBe(
      'task size web asks for neither CPU nor memory, all that the pooled method counts: use the exact method',
    );
  });

  it('leaves out nothing that the exact method would not count', () => {
    const answer = exactCapacity([host('a')], [taskSize(250, 400, { others: [{ name: 'licence', amount: 1 }] })]);
    expect(answer.taskSizes[0]).toMatchObject({ containerCapacity: 0, binding: 'RESOURCE:licence' });
  });
});
