import type { TaskSize } from '../src/index.js';
import { isPlain } from '../src/plain-count.js';
import { taskSize } from './helpers/synthetic-hosts.js';

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
