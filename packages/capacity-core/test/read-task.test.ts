import { readTask } from '../src/index.js';
import { taskSize } from './helpers/synthetic-hosts.js';

const ARN = 'arn:aws:ecs:us-east-1:111122223333:task/shop/1';
const HOST = 'arn:aws:ecs:us-east-1:111122223333:container-instance/shop/a';
const RECORD = {
  taskArn: ARN,
  containerInstanceArn: HOST,
  group: 'service:web',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  launchType: 'EC2',
  version: 4,
  cpu: '250',
  memory: '400',
};

const read = (fields: object, daemonGroups?: ReadonlySet<string>): unknown => {
  const task = readTask({ ...RECORD, ...fields }, daemonGroups === undefined ? {} : { daemonGroups });
  return task.ok ? task.value : task.error;
};

it('tells where a task runs, of which group, and what it takes', () => {
  expect(read({})).toMatchObject({
    taskArn: ARN,
    containerInstanceArn: HOST,
    group: 'service:web',
    daemon: false,
    version: 4,
    size: { cpuUnits: 250, memoryMiB: 400, networkMode: 'bridge', group: 'service:web', tcpPorts: [] },
  });
  expect(read({}, new Set(['service:web']))).toMatchObject({ daemon: true });
  expect(read({})).not.toHaveProperty('sizeUnknown');
});

it.each([
  [{ cpu: undefined, memory: undefined }, 0, 0, true],
  [{ cpu: 'null', memory: '400' }, 0, 400, true],
  [{ cpu: '0', memory: '400' }, 0, 400, undefined],
  [{ cpu: '0', containers: [{}, {}] }, 0, 400, undefined],
  [{ cpu: '0', containers: [{ cpu: '900' }, { cpu: '0' }] }, 900, 400, undefined],
  [{ cpu: '0', containers: [{ cpu: '900' }, {}] }, 0, 400, true],
  [{ memory: undefined, containers: [{ memory: '300', memoryReservation: '100' }, { memory: '50' }] }, 250, 150, undefined],
  [{ memory: '0', containers: [{ memory: '300' }, {}] }, 250, 0, true],
  [{ cpu: 250, memory: 400 }, 250, 400, undefined],
  [{ cpu: 'x250', memory: '400x' }, 0, 0, true],
  [{ cpu: -1, memory: 0.5 }, 0, 0, true],
  [{ cpu: true, memory: [400] }, 0, 0, true],
  [{ cpu: '1'.repeat(16), memory: '1'.repeat(15) }, 0, 111_111_111_111_111, true],
  [{ cpu: undefined, containers: [{ cpu: '900', cpuReservation: '1' }], memory: '0' }, 900, 0, true],
  [{ cpu: undefined, containers: [{ cpu: '900', memoryReservation: '7' }] }, 900, 400, undefined],
  [{ cpu: undefined, containers: [{}] }, 0, 400, true],
  [{ memory: '0', containers: [{ memory: '300', memoryReservation: '0' }] }, 250, 300, undefined],
  [{ memory: '0', containers: [{ memory: '300', memoryReservation: 'x' }, 'no container'] }, 250, 300, undefined],
  [{ memory: '0', containers: [{ memoryReservation: '100' }, { memory: '0' }] }, 250, 100, undefined],
  [{ memory: '0', containers: 'none' }, 250, 0, true],
])('of %j takes CPU %d and memory %d', (fields, cpuUnits, memoryMiB, sizeUnknown) => {
  const task = read(fields) as { readonly sizeUnknown?: true };
  expect(task).toMatchObject({ size: { cpuUnits, memoryMiB } });
  expect(task.sizeUnknown).toBe(sizeUnknown);
});

it('has a network interface of its own, as API answers and events say it, until that is deleted', () => {
  for (const type of ['ElasticNetworkInterface', 'eni']) {
    expect(read({ attachments: [{ type, status: 'ATTACHED' }], containers: [{ networkBindings: [{ hostPort: 80 }] }] })).toMatchObject({
      size: { networkMode: 'awsvpc', tcpPorts: [] },
    });
  }
  expect(read({ containers: [{ networkInterfaces: [{ attachmentId: 'x' }] }] })).toMatchObject({ size: { networkMode: 'awsvpc' } });
  expect(read({ attachments: [{ type: 'eni', status: 'DELETED' }, { type: 'elb' }] })).toMatchObject({ size: { networkMode: 'bridge' } });
});

it('takes ports below those that are handed out, and GPUs', () => {
  const networkBindings = [
    { hostPort: 8080 },
    { hostPort: 53, protocol: 'udp' },
    { hostPort: 32_768 },
    { hostPort: 8080 },
    { hostPort: 0 },
    { hostPort: '81' },
    { hostPort: -1 },
    { protocol: 'tcp' },
    'no binding',
  ];
  expect(read({ containers: [{ networkBindings, gpuIds: ['a', 'b'] }, { gpuIds: ['c'] }, { gpuIds: 'd' }] })).toMatchObject({
    size: { tcpPorts: [8080], udpPorts: [53], gpus: 3 },
  });
});

it('reads what it is given and nothing else', () => {
  expect(
    read({ group: undefined, desiredStatus: undefined, launchType: undefined, containerInstanceArn: undefined, version: 0 }, new Set([''])),
  ).toEqual({
    taskArn: ARN,
    lastStatus: 'RUNNING',
    daemon: false,
    version: 0,
    constraintsUnknown: true,
    size: taskSize(250, 400, { name: ARN }),
  });
  expect(read({ version: undefined })).toMatchObject({ version: 0, desiredStatus: 'RUNNING', launchType: 'EC2' });
  expect(read({ taskArn: undefined })).toEqual({
    code: 'MISSING_FIELD',
    path: 'taskArn',
    message: 'task: taskArn is missing: expected an ARN',
  });
});

it.each<[string, string, unknown]>([
  ['WRONG_TYPE', '', 'task'],
  ['MISSING_FIELD', 'taskArn', {}],
  ['WRONG_TYPE', 'taskArn', { taskArn: '' }],
  ['MISSING_FIELD', 'lastStatus', { taskArn: ARN }],
  ['WRONG_TYPE', 'group', { ...RECORD, group: 7 }],
  ['WRONG_TYPE', 'containerInstanceArn', { ...RECORD, containerInstanceArn: null }],
  ['WRONG_TYPE', 'version', { ...RECORD, version: '4' }],
  ['OUT_OF_RANGE', 'version', { ...RECORD, version: Number.NaN }],
  ['OUT_OF_RANGE', 'version', { ...RECORD, version: 0.5 }],
])('refuses with %s at %j', (code, path, record) => {
  expect(readTask(record)).toMatchObject({ ok: false, error: { code, path } });
});

it('is not fooled by what every object has', () => {
  expect(readTask(JSON.parse('{"__proto__": {"taskArn": "x", "lastStatus": "RUNNING"}}'))).toMatchObject({
    error: { code: 'MISSING_FIELD' },
  });
});
