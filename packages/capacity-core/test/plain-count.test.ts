import { exactCapacity, type TaskSize } from '../src/index.js';
import { isPlain } from '../src/plain-count.js';
import { host, resources, taskSize } from './helpers/synthetic-hosts.js';

describe('a size is counted over all hosts in one pass', () => {
  it.each<[string, TaskSize]>([
    ['CPU and memory', taskSize(1, 1)],
    ['CPU alone', taskSize(1, 0)],
    ['memory alone', taskSize(0, 1)],
    ['a GPU beside them', taskSize(1, 1, { gpus: 1 })],
    ['TCP ports beside them', taskSize(1, 1, { tcpPorts: [80, 81] })],
    ['UDP ports beside CPU', taskSize(1, 0, { udpPorts: [53] })],
    ['no interface of its own', taskSize(1, 1, { networkMode: 'host' })],
  ])('that asks for %s', (_, size) => {
    expect(isPlain(size)).toBe(true);
  });

  it.each<[string, TaskSize]>([
    ['neither CPU nor memory', taskSize(0, 0, { gpus: 1 })],
    ['a GPU and a TCP port', taskSize(1, 1, { gpus: 1, tcpPorts: [80] })],
    ['a GPU and a UDP port', taskSize(1, 1, { gpus: 1, udpPorts: [53] })],
    ['ports of both protocols', taskSize(1, 1, { tcpPorts: [80], udpPorts: [53] })],
    ['a network interface', taskSize(1, 1, { networkMode: 'awsvpc' })],
    ['a resource of the user’s own', taskSize(1, 1, { others: [{ name: 'disk', amount: 1 }] })],
    ['an attribute', taskSize(1, 1, { requiredAttributes: [{ name: 'ssd' }] })],
    ['a constraint', taskSize(1, 1, { placementConstraints: [{ type: 'distinctInstance' }] })],
  ])('but not one that asks for %s', (_, size) => {
    expect(isPlain(size)).toBe(false);
  });
});

it.each<[string, number, number, string]>([
  ['a', 1, 3, 'GPU'],
  ['two', 2, 1, 'GPU'],
  ['three', 3, 1, 'GPU'],
  ['four', 4, 0, 'GPU'],
])('of %s GPUs each, so many copies fit on a host that has three of six left', (_, gpus, copies, binding) => {
  const registered = resources(1000, 1000, { gpus: 6 });
  const one = host('a', { registered, remaining: { ...registered, gpus: 3 } });
  expect(exactCapacity([one], [taskSize(100, 100, { gpus })]).taskSizes[0]).toMatchObject({
    containerCapacity: copies,
    idleHostCapacity: copies / Math.floor(6 / gpus),
    binding,
  });
});
