import fc from 'fast-check';
import { applyHost, type ClusterState, clusterFromJson, clusterToJson, EMPTY_CLUSTER, mergeList } from '../src/index.js';
import { hostsArbitrary } from './helpers/arbitraries.js';
import { check } from './helpers/property.js';
import { arnOf, host, resources } from './helpers/synthetic-hosts.js';

const stateOf = (hosts: Parameters<typeof mergeList>[1]): ClusterState => hosts.reduce(applyHost, EMPTY_CLUSTER);
const known = (state: ClusterState): readonly unknown[] =>
  [...state.values()].map(({ containerInstanceArn, version, status }) => [containerInstanceArn, version, status]);

describe('the state as JSON', () => {
  it('is the same state when it is read again', () => {
    check(
      fc.property(hostsArbitrary({ maxLength: 5 }), (hosts) => {
        const state = stateOf(hosts);
        const read = clusterFromJson(JSON.parse(JSON.stringify(clusterToJson(state))));
        expect(read.ok && [...read.value]).toStrictEqual([...state]);
      }),
    );
  });

  it('holds all that a host has', () => {
    const full = host('a', {
      clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop',
      ec2InstanceId: 'i-1',
      agentVersion: '1.80.0',
      registeredAt: 1_700_000_000.5,
      runningTasksCount: 2,
      pendingTasksCount: 0,
      agentDisconnectedSince: 1_700_000_000_000,
      attributes: [{ name: 'x' }, { name: 'y', value: '' }],
      registered: resources(1024, 993.5, {
        gpus: 2,
        others: [{ name: '__proto__', amount: 1.5 }],
        takenTcpPorts: [0, 22],
        takenUdpPorts: [53],
      }),
    });
    const read = clusterFromJson(JSON.parse(JSON.stringify(clusterToJson(stateOf([full])))));
    expect(read.ok && read.value.get(full.containerInstanceArn)).toStrictEqual(full);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN])('leaves out a moment that is %d, which JSON cannot say', (agentDisconnectedSince) => {
    const read = clusterFromJson(JSON.parse(JSON.stringify(clusterToJson(stateOf([host('a', { agentDisconnectedSince })])))));
    expect(read.ok && read.value.get(arnOf('a'))).toStrictEqual(host('a'));
  });

  const json = clusterToJson(stateOf([host('a')]));
  const [record] = json.containerInstances;
  it.each<[string, string, unknown]>([
    ['UNKNOWN_FORMAT', '', null],
    ['UNKNOWN_FORMAT', '', []],
    ['UNKNOWN_FORMAT', '', { ...json, format: 2 }],
    ['UNKNOWN_FORMAT', '', { format: 1 }],
    ['WRONG_TYPE', 'containerInstances[0]', { format: 1, containerInstances: [7] }],
    ['DUPLICATE_HOST', 'containerInstances[1].containerInstanceArn', { format: 1, containerInstances: [record, record] }],
    ['OUT_OF_RANGE', 'containerInstances[0].version', { format: 1, containerInstances: [{ ...record, version: -1 }] }],
    [
      'WRONG_TYPE',
      'containerInstances[0].agentDisconnectedSince',
      { format: 1, containerInstances: [{ ...record, agentDisconnectedSince: 'now' }] },
    ],
  ])('is refused with %s at %j', (code, path, input) => {
    expect(clusterFromJson(input)).toMatchObject({ ok: false, error: { code, path } });
  });
});

describe('a full list', () => {
  it('replaces older records, and is replaced by newer ones', () => {
    const state = stateOf([host('a', { version: 3 }), host('b', { version: 3 })]);
    const merged = mergeList(state, [host('a', { version: 2 }), host('b', { version: 4, status: 'DRAINING' }), host('c')]);
    expect(known(merged)).toEqual([
      [arnOf('a'), 3, 'ACTIVE'],
      [arnOf('b'), 4, 'DRAINING'],
      [arnOf('c'), 1, 'ACTIVE'],
    ]);
  });

  it('takes the hosts that it lacks for gone: known as INACTIVE until the next one, so that a late event revives none', () => {
    const once = mergeList(stateOf([host('a'), host('b', { version: 3 })]), [host('a')]);
    expect(known(once)).toEqual([
      [arnOf('a'), 1, 'ACTIVE'],
      [arnOf('b'), 3, 'INACTIVE'],
    ]);
    expect(applyHost(once, host('b', { version: 2 }))).toBe(once);
    expect(known(mergeList(once, [host('a')]))).toEqual([[arnOf('a'), 1, 'ACTIVE']]);
  });

  it('has a host back that the list before it lacked, in the same record or a newer one', () => {
    const one = host('a', { version: 7, runningTasksCount: 1 });
    const lacked = mergeList(stateOf([one, host('b')]), [host('b')]);
    expect(known(lacked)).toEqual([
      [arnOf('a'), 7, 'INACTIVE'],
      [arnOf('b'), 1, 'ACTIVE'],
    ]);
    for (const version of [7, 8]) {
      const back = mergeList(lacked, [{ ...one, version }]);
      expect(back.get(arnOf('a'))).toStrictEqual({ ...one, version });
      expect(mergeList(back, [{ ...one, version }]).get(arnOf('a'))?.status).toBe('ACTIVE');
    }
    // Its last event, or a late one, still stands above an older list.
    const gone = applyHost(stateOf([one]), { ...one, version: 8, status: 'INACTIVE' });
    expect(known(mergeList(gone, [one]))).toEqual([[arnOf('a'), 8, 'INACTIVE']]);
    expect(known(applyHost(lacked, one))[0]).toEqual([arnOf('a'), 7, 'INACTIVE']);
    expect(known(mergeList(lacked, [{ ...one, version: 6 }]))[0]).toEqual([arnOf('a'), 7, 'INACTIVE']);
  });

  it('leaves a host that was heard of while the list was made', () => {
    const merged = mergeList(stateOf([host('a'), host('b')]), [host('a')], { heardSince: new Set([arnOf('b')]) });
    expect(known(merged)).toEqual(known(stateOf([host('a'), host('b')])));
  });

  it('changes no state that was there before, and nothing when it is merged twice', () => {
    check(
      fc.property(hostsArbitrary(), hostsArbitrary({ prefix: 'host' }), (before, listed) => {
        const state = stateOf(before);
        const seen = known(state);
        const once = mergeList(state, listed);
        expect(known(state)).toEqual(seen);
        const present = new Set(listed.map(({ containerInstanceArn }) => containerInstanceArn));
        expect(known(mergeList(once, listed))).toEqual(known(once).filter((entry) => present.has((entry as [string])[0])));
      }),
    );
  });
});
