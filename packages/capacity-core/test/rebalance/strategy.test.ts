import { drainableHosts, hostsShort, type Task } from '../../src/index.js';
import { arnOf, host, resources, taskSize } from '../helpers/synthetic-hosts.js';

describe('a strategy that is assumed', () => {
  it('names no host without which the packing of hostsShort finds another one missing', () => {
    const registered = resources(12, 12);
    const one = taskSize(6, 2, { name: 'one', headroom: 1 });
    const taskSizes = [taskSize(3, 4, { name: 'two', headroom: 2 }), one, taskSize(2, 6, { name: 'three', headroom: 2 })];
    const task: Task = {
      taskArn: 'task',
      containerInstanceArn: arnOf('c'),
      group: 'service:one',
      lastStatus: 'RUNNING',
      daemon: false,
      size: one,
    };
    const hosts = [host('a', { registered }), host('b', { registered }), host('c', { registered, remaining: resources(6, 10) })];
    const options = { tasks: [task], taskSizes };
    const { containerInstanceArns: named } = drainableHosts(hosts, { ...options, assumes: 'spreadZone' });
    const after = hosts.map((each) => (named.includes(each.containerInstanceArn) ? { ...each, status: 'DRAINING' } : each));
    expect(hostsShort(after, { name: 'new', resources: registered }, options)).toMatchObject({ hosts: 0, isPacked: true });
  });
});
