import { drainableHosts, hostsShort, type Task, type TaskSize } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

describe('a strategy that is assumed', () => {
  it('names no host without which the packing of hostsShort finds another one missing', () => {
    const small = taskSize(3, 1, { name: 'small', headroom: 2 });
    const large = taskSize(6, 5, { name: 'large', headroom: 1 });
    const on = (name: string, size: TaskSize): Task => ({
      taskArn: `task-${name}`,
      containerInstanceArn: arnOf(name),
      group: 'service:small',
      lastStatus: 'RUNNING',
      daemon: false,
      size,
    });
    const hosts = [
      host('a', { registered: resources(4, 12), remaining: resources(1, 11) }),
      host('b', { registered: resources(12, 6), remaining: resources(9, 5) }),
      host('c', { registered: resources(8, 6) }),
    ];
    const options = { tasks: [on('a', small), on('b', small)], taskSizes: [large, small] };
    const { containerInstanceArns: named } = drainableHosts(hosts, { ...options, assumes: 'binpackMemory' });
    const after = hosts.map((one) => (named.includes(one.containerInstanceArn) ? { ...one, status: 'DRAINING' } : one));
    expect(hostsShort(after, { name: 'new', resources: resources(8, 6) }, options)).toMatchObject({ hosts: 0, isPacked: true });
  });
});
