import { type CapacityNote, pooledCapacity, type TaskSize } from '../src/index.js';
import { arnOf, host, resources, taskSize } from './helpers/synthetic-hosts.js';

function notesOf(size: TaskSize): readonly CapacityNote[] {
  const result = pooledCapacity([host('a')], [size]);
  return result.ok ? (result.value.taskSizes[0]?.notes ?? []) : [];
}

it('marks every answer as an upper bound that overstates', () => {
  const result = pooledCapacity([host('a')], [taskSize()]);
  expect(result).toMatchObject({ ok: true, value: { taskSizes: [{ precision: 'upperBound', notes: [{ code: 'POOLED_OVERSTATES' }] }] } });
});

it('names each resource that it leaves out and the task asks for', () => {
  expect(notesOf(taskSize()).map(({ code }) => code)).toEqual(['POOLED_OVERSTATES']);
  const [, ignored] = notesOf(taskSize(250, 400, { gpus: 1, udpPorts: [53] }));
  expect(ignored).toEqual({ code: 'POOLED_IGNORES', message: expect.stringMatching(/ GPU, PORTS_UDP$/) });
  expect(notesOf(taskSize(250, 400, { tcpPorts: [80] }))[1]?.message).toMatch(/ PORTS$/);
});

it('counts by CPU or by memory alone where the task asks for no other', () => {
  const hosts = [host('a', { remaining: resources(500, 400) })];
  const cpu = pooledCapacity(hosts, [taskSize(250, 0)]);
  const memory = pooledCapacity(hosts, [taskSize(0, 400)]);
  expect(cpu).toMatchObject({ ok: true, value: { containerCapacity: 2, idleHostCapacity: 0.5, taskSizes: [{ binding: 'CPU' }] } });
  expect(memory).toMatchObject({ ok: true, value: { containerCapacity: 1, idleHostCapacity: 0.5, taskSizes: [{ binding: 'MEMORY' }] } });
});

it('names the resource with the lesser sum as binding, CPU where they are equal, and none without an eligible host', () => {
  const bindingOf = (cpuUnits: number, memoryMiB: number, status = 'ACTIVE'): unknown => {
    const result = pooledCapacity([host('a', { status, remaining: resources(cpuUnits, memoryMiB) })], [taskSize(100, 100)]);
    return result.ok && result.value.taskSizes[0]?.binding;
  };
  expect([bindingOf(100, 300), bindingOf(300, 100), bindingOf(200, 200), bindingOf(300, 100, 'DRAINING')]).toEqual([
    'CPU',
    'MEMORY',
    'CPU',
    null,
  ]);
});

it('measures in what the reference host registered, even when that takes no tasks', () => {
  const draining = host('big', { status: 'DRAINING', registered: resources(4096, 15_000), remaining: resources(0, 0) });
  const result = pooledCapacity([host('a'), draining], [taskSize()], { referenceHostArn: arnOf('big') });
  expect(result).toMatchObject({ ok: true, value: { containerCapacity: 2, idleHostCapacity: 2 / 37 } });
});

it('has no idle host capacity for the cluster where one size has none', () => {
  const result = pooledCapacity([host('a')], [taskSize(), taskSize(2048, 400, { name: 'large' })]);
  expect(result).toMatchObject({
    ok: true,
    value: { idleHostCapacity: null, taskSizes: [{ idleHostCapacity: 1 }, { idleHostCapacity: null }] },
  });
});

it('refuses a reference host that it was not given', () => {
  const result = pooledCapacity([host('a')], [taskSize()], { referenceHostArn: arnOf('z') });
  expect(result).toMatchObject({ ok: false, error: { code: 'UNKNOWN_REFERENCE_HOST', message: expect.stringContaining(arnOf('z')) } });
});

it('refuses a size that asks for neither CPU nor memory', () => {
  const result = pooledCapacity([host('a')], [taskSize(), taskSize(0, 0, { name: 'port-only', tcpPorts: [80] })]);
  expect(result).toMatchObject({ ok: false, error: { code: 'NEITHER_CPU_NOR_MEMORY', message: expect.stringContaining('port-only') } });
});
