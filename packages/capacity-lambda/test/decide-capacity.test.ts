import { exactCapacity, readHost } from '@plimsoll/capacity-core';
import { decideCapacity, readHosts } from '../src/decide-capacity.js';
import { host, hosts } from './helpers/hosts.js';
import { size } from './helpers/task-sizes.js';

const web = size('web', 1024);
const decide = (records: readonly unknown[], updates: readonly unknown[] = []) => decideCapacity({ records, updates, taskSizes: [web] });

describe('decideCapacity', () => {
  test('decides as the core does', () => {
    const records = [host(1), host(2, { cpuUnits: 1500 }), host(3, { status: 'DRAINING' }), host(4, { agentConnected: false })];
    const read = records.map((record) => readHost(record)).flatMap((result) => (result.ok ? [result.value] : []));
    expect(decide(records)).toEqual({
      capacity: exactCapacity(read, [web]),
      hosts: read,
      waiting: [],
      refusedRecords: [],
      refusedUpdates: [],
      refusedTasks: [],
    });
    expect(decide(records).capacity).toMatchObject({ hosts: { registered: 4, eligible: 2 }, containerCapacity: 3 });
  });

  test.each([
    { name: 'a newer update', versions: [7], capacity: 0 },
    { name: 'an update of the same version', versions: [5], capacity: 2 },
    { name: 'an older update', versions: [4], capacity: 2 },
    { name: 'an older after a newer update', versions: [7, 6], capacity: 0 },
  ])('goes by version with $name', ({ versions, capacity }) => {
    const updates = versions.map((version) => host(1, { version, cpuUnits: version === 7 ? 0 : 1024 }));
    expect(decide([host(1, { version: 5 })], updates).capacity.containerCapacity).toBe(capacity);
  });

  test('ignores an update about a host that is not listed', () => {
    expect(decide(hosts(1), [host(2, { version: 9 })]).capacity).toMatchObject({ hosts: { registered: 1 }, containerCapacity: 2 });
  });

  test('leaves out what the core refuses, and never counts it as room', () => {
    const broken = { ...host(2), remainingResources: [{ name: 'CPU', type: 'INTEGER', integerValue: -1 }] };
    const decision = decide([host(1), broken, null], [{ ...host(1, { version: 8 }), agentConnected: 'yes' }]);
    expect(decision.capacity).toMatchObject({ hosts: { registered: 1 }, containerCapacity: 2 });
    expect(decision.refusedRecords.map(({ path }) => path)).toEqual(['remainingResources[CPU].integerValue', '']);
    expect(readHosts([host(1), broken, null])).toEqual({
      hosts: [expect.objectContaining({ containerInstanceArn: host(1).containerInstanceArn })],
      refused: decision.refusedRecords,
    });
    expect(decision.refusedUpdates.map(({ path }) => path)).toEqual(['agentConnected']);
  });
});
