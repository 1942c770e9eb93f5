import type { Host } from '../src/index.js';
import { newerHost } from '../src/newer-host.js';
import { host, resources } from './helpers/synthetic-hosts.js';

const base = host('a', { attributes: [{ name: 'ssd' }] });

describe('of two records of a host', () => {
  it('the one of the greater version counts, whichever was known', () => {
    const newer = { ...base, version: 2, ec2InstanceId: 'i-2' };
    expect(newerHost(base, newer)).toBe(newer);
    expect(newerHost(newer, base)).toBe(newer);
  });

  it.each<[string, Partial<Host>, Partial<Host>]>([
    ['that is gone', { status: 'INACTIVE' }, { runningTasksCount: 1, pendingTasksCount: 1, agentVersion: '1.0.0' }],
    ['that counts running tasks', { runningTasksCount: 0 }, {}],
    ['that counts pending tasks', { pendingTasksCount: 0 }, {}],
    ['that tells the agent’s version', { agentVersion: '1.0.0' }, {}],
    ['that tells since when it is registered', { registeredAt: '2026-01-01T00:00:00Z' }, {}],
    ['that tells more attributes', { attributes: [{ name: 'ssd' }, { name: 'hdd' }] }, {}],
    ['that tells two things more', { runningTasksCount: 0, pendingTasksCount: 0 }, { agentVersion: '1.0.0' }],
  ])('of equal versions the one counts %s, in either order', (_, one, other) => {
    const [counts, not] = [
      { ...base, ...one },
      { ...base, ...other },
    ];
    expect(newerHost(counts, not)).toBe(counts);
    expect(newerHost(not, counts)).toBe(counts);
  });

  it.each<[string, Partial<Host>, Partial<Host>]>([
    ['status', { status: 'ACTIVE' }, { status: 'DRAINING' }],
    ['connection', { agentConnected: true }, { agentConnected: false }],
    ['agent', { agentVersion: '1.0.0' }, { agentVersion: '2.0.0' }],
    ['registration', { registeredAt: '2026-01-01' }, { registeredAt: '2026-01-02' }],
    ['running tasks', { runningTasksCount: 1 }, { runningTasksCount: 2 }],
    ['pending tasks', { pendingTasksCount: 1 }, { pendingTasksCount: 2 }],
    ['attributes', { attributes: [{ name: 'ssd' }] }, { attributes: [{ name: 'hdd' }] }],
    ['values of attributes', { attributes: [{ name: 'ssd', value: '1' }] }, { attributes: [{ name: 'ssd', value: '2' }] }],
    ['what is registered', { registered: resources(1, 1) }, { registered: resources(2, 1) }],
    ['what remains', { remaining: resources(1, 1) }, { remaining: resources(1, 2) }],
    ['GPUs', { remaining: resources(1, 1) }, { remaining: resources(1, 1, { gpus: 1 }) }],
    ['TCP ports', { remaining: resources(1, 1) }, { remaining: resources(1, 1, { takenTcpPorts: [1] }) }],
    ['UDP ports', { remaining: resources(1, 1) }, { remaining: resources(1, 1, { takenUdpPorts: [1] }) }],
    [
      'resources',
      { remaining: resources(1, 1, { others: [{ name: 'disk', amount: 1 }] }) },
      { remaining: resources(1, 1, { others: [{ name: 'tape', amount: 1 }] }) },
    ],
    [
      'amounts of resources',
      { remaining: resources(1, 1, { others: [{ name: 'disk', amount: 1 }] }) },
      { remaining: resources(1, 1, { others: [{ name: 'disk', amount: 2 }] }) },
    ],
  ])('that differ in %s alone, the same one counts in either order', (_, one, other) => {
    const [first, second] = [
      { ...base, ...one },
      { ...base, ...other },
    ];
    expect(newerHost(first, second)).toBe(newerHost(second, first));
  });

  it('that are alike, the one known is kept', () => {
    const [known, again] = [{ ...base }, { ...base }];
    expect(newerHost(known, again)).toBe(known);
  });
});

describe('what never changes of a host', () => {
  const rich = { ...base, runningTasksCount: 1 };

  it.each(['clusterArn', 'ec2InstanceId'] as const)('is kept of both records: %s', (field) => {
    expect(newerHost(rich, { ...base, [field]: 'b' })).toEqual({ ...rich, [field]: 'b' });
    expect(newerHost({ ...base, [field]: 'b' }, rich)).toEqual({ ...rich, [field]: 'b' });
    expect(newerHost({ ...rich, [field]: 'b' }, { ...base, [field]: 'a' })[field]).toBe('a');
    expect(newerHost({ ...rich, [field]: 'a' }, { ...base, [field]: 'b' })[field]).toBe('a');
    const same = { ...rich, [field]: 'b' };
    expect(newerHost(same, { ...base, [field]: 'b' })).toBe(same);
  });

  it('includes since when its agent is away: the earliest that was told', () => {
    const away = (since?: number) => (since === undefined ? {} : { agentDisconnectedSince: since });
    const kept = (one?: number, other?: number) => newerHost({ ...rich, ...away(one) }, { ...base, ...away(other) }).agentDisconnectedSince;
    expect([kept(1, 2), kept(2, 1), kept(undefined, 2), kept(2), kept()]).toEqual([1, 1, 2, 2, undefined]);
    expect([kept(2, Number.NaN), kept(undefined, Number.NaN), kept(Number.NaN, 3)]).toEqual([2, undefined, 3]);
    const same = { ...rich, agentDisconnectedSince: 2 };
    expect(newerHost(same, { ...base, agentDisconnectedSince: 2 })).toBe(same);
  });
});
