import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { applyHost, type ClusterState, EMPTY_CLUSTER, type Host, refreshHosts } from '../src/index.js';
import { hostArbitrary, hostsArbitrary, withShuffle } from './helpers/arbitraries.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { check } from './helpers/property.js';
import { arnOf, host } from './helpers/synthetic-hosts.js';

/** Records of up to four hosts; no two of one host share a version. */
const records = fc
  .array(
    fc.constantFrom('a', 'b', 'c', 'd').chain((name) => hostArbitrary(name)),
    { maxLength: 20 },
  )
  .map((all): readonly Host[] => [...new Map(all.map((record) => [`${record.containerInstanceArn} ${record.version}`, record])).values()]);

function fold(all: readonly Host[], from: ClusterState = EMPTY_CLUSTER): ClusterState {
  return all.reduce(applyHost, from);
}

/** A state, and a plain copy of what it must hold. */
interface Branch {
  readonly state: ClusterState;
  readonly copy: ReadonlyMap<string, Host>;
}

function extended({ state, copy }: Branch, record: Host): Branch {
  const known = copy.get(record.containerInstanceArn);
  const isNew = known === undefined || known.version < record.version;
  return { state: applyHost(state, record), copy: isNew ? new Map(copy).set(record.containerInstanceArn, record) : copy };
}

/** Makes a hundred changes to one host, and keeps hold of a record in between only weakly. */
function foldAndForget(first: ClusterState): readonly [WeakRef<Host>, ClusterState] {
  const changes = Array.from({ length: 100 }, (_, version) => host('a', { version }));
  const [middle = host('a')] = changes.slice(50);
  return [new WeakRef(middle), fold(changes, first)];
}

/** All that a state can be asked. */
function everythingIn(state: ReadonlyMap<string, Host>): unknown {
  const visited: unknown[] = [];
  state.forEach((known, arn, all) => {
    visited.push([arn, known, all === state]);
  });
  const arns = [...state.keys(), 'unknown'];
  return [state.size, [...state], [...state.entries()], [...state.values()], visited, arns.map((arn) => [state.get(arn), state.has(arn)])];
}

/** What is known, whatever the order it was heard in. */
function known(state: ClusterState): ReadonlyMap<string, Host> {
  return new Map([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('applyHost', () => {
  it('ends in the newest record of each host, whatever order records come in and however often', () => {
    const again = records.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length })));
    check(
      fc.property(again, withShuffle(records), ([all, some], [straight, shuffled]) => {
        deepFreeze([all, some, straight, shuffled]);
        expect(known(fold(shuffled))).toStrictEqual(known(fold(straight)));
        // Every record once, then repeats and late ones in any order.
        expect(known(fold(some, fold(all)))).toStrictEqual(known(fold(all)));
        for (const [arn, newest] of fold(all)) {
          const versions = all.filter((record) => record.containerInstanceArn === arn).map(({ version }) => version);
          expect(newest.version).toBe(versions.sort((a, b) => b - a)[0]);
        }
        expect(fold(all).size).toBe(new Set(all.map(({ containerInstanceArn }) => containerInstanceArn)).size);
      }),
    );
  });

  it('ends in the same hosts whatever the order where records of one version, or of none, differ', () => {
    const alike = fc
      .array(
        fc
          .tuple(
            fc.constantFrom('a', 'b').chain((name) => hostArbitrary(name)),
            fc.nat({ max: 1 }),
            fc.constantFrom<Partial<Host>>({}, { runningTasksCount: 2, pendingTasksCount: 0 }, { clusterArn: 'c' }, { clusterArn: 'd' }),
            fc.constantFrom<Partial<Host>>({}, { status: 'INACTIVE' }, { agentDisconnectedSince: 5 }, { agentDisconnectedSince: 9 }),
          )
          .map(([record, version, ...told]): Host => Object.assign({ ...record, version }, ...told)),
        { maxLength: 8 },
      )
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })));
    check(
      fc.property(alike, ([all, shuffled]) => {
        deepFreeze([all, shuffled]);
        expect(known(fold(shuffled))).toStrictEqual(known(fold(all)));
      }),
    );
  });

  it('takes of two records of one version the one that tells more, and keeps what never changes', () => {
    const event = host('a', { version: 5, clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/shop', agentDisconnectedSince: 7 });
    const described = host('a', { version: 5, runningTasksCount: 1, pendingTasksCount: 0, agentDisconnectedSince: 9 });
    const both = { ...described, clusterArn: event.clusterArn, agentDisconnectedSince: 7 };
    expect([...fold([event, described]).values()]).toStrictEqual([both]);
    expect([...fold([described, event]).values()]).toStrictEqual([both]);
    expect([...fold([host('a', { version: 5, status: 'INACTIVE' }), described]).values()][0]?.status).toBe('INACTIVE');
  });

  it('leaves earlier states as they were', () => {
    check(
      fc.property(records, (all) => {
        deepFreeze(all);
        const states = [EMPTY_CLUSTER];
        const copies = [new Map<string, Host>()];
        for (const record of all) {
          const next = applyHost(states.at(-1) ?? EMPTY_CLUSTER, record);
          states.push(next);
          copies.push(new Map([...next]));
        }
        expect(states.map((state) => [...state])).toStrictEqual(copies.map((copy) => [...copy]));
      }),
    );
  });

  it('leaves every state of a branching history as a plain copy would have it', () => {
    const step = fc.record({ from: fc.nat(), host: hostArbitrary('any'), which: fc.integer({ min: 0, max: 5 }), readFirst: fc.boolean() });
    check(
      fc.property(fc.array(step, { maxLength: 40 }), (history) => {
        deepFreeze(history);
        const first: Branch = { state: EMPTY_CLUSTER, copy: new Map() };
        const branches = [first];
        for (const [version, { from, host: template, which, readFirst }] of history.entries()) {
          // Reading an earlier state between two changes must not disturb the later ones.
          if (readFirst) expect([...first.state]).toEqual([]);
          const record = { ...template, containerInstanceArn: arnOf(`${which}`), version };
          branches.push(extended(branches[from % branches.length] ?? first, record));
        }
        for (const { state, copy } of branches) expect(everythingIn(state)).toStrictEqual(everythingIn(copy));
      }),
    );
  });

  it('does not disturb who is reading the state it adds to', () => {
    const state = fold([host('a'), host('b'), host('c')]);
    const seen: number[] = [];
    let latest = state;
    for (const known of state.values()) {
      latest = applyHost(latest, host('c', { version: 9 }));
      latest = applyHost(latest, host('d'));
      seen.push(known.version);
    }
    expect(seen).toEqual([1, 1, 1]);
    expect([...latest.values()].map(({ version }) => version)).toEqual([1, 1, 9, 1]);
  });

  it('lets go of records in between, even while the first state is kept', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const first = fold([host('a', { version: 0 })]);
    const [inBetween, last] = foldAndForget(first);
    await setImmediate();
    collectGarbage();
    expect(inBetween.deref()).toBeUndefined();
    expect([...first.values(), ...last.values()].map(({ version }) => version)).toEqual([0, 99]);
  });

  it('returns the same state for a repeat, and for a late record', () => {
    const state = fold([host('a', { version: 5 })]);
    expect(applyHost(state, host('a', { version: 5, status: 'DRAINING' }))).toBe(state);
    expect(applyHost(state, host('a', { version: 4, status: 'DRAINING' }))).toBe(state);
    expect(applyHost(state, host('a', { version: 6 }))).not.toBe(state);
  });

  it('keeps a host that left, so that a late event does not bring it back', () => {
    const gone = fold([host('a', { version: 5 }), host('a', { version: 7, status: 'INACTIVE' }), host('a', { version: 6 })]);
    expect([...gone.values()].map(({ status }) => status)).toEqual(['INACTIVE']);
  });

  it('keeps hosts in the order they were first heard of', () => {
    const state = fold([host('b'), host('a'), host('b', { version: 2 })]);
    expect([...state.values()].map(({ version }) => version)).toEqual([2, 1]);
  });
});

describe('refreshHosts', () => {
  it('gives each listed host its newest record, in the order listed, and adds none', () => {
    check(
      fc.property(
        hostsArbitrary({ maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }).chain((n) => hostArbitrary(`host-${n}`))),
        (listed, updates) => {
          deepFreeze([listed, updates]);
          const refreshed = refreshHosts(listed, updates);
          expect(refreshed.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual(
            listed.map(({ containerInstanceArn }) => containerInstanceArn),
          );
          for (const [index, now] of refreshed.entries()) {
            const was = listed[index];
            const sources = [was, ...updates.filter((update) => update.containerInstanceArn === now.containerInstanceArn)];
            expect(now.version).toBe(Math.max(...sources.map((one) => one?.version ?? 0)));
            // Of equally new records the listed one stands.
            if (now.version === was?.version) expect(now).toBe(was);
          }
        },
      ),
    );
  });

  it('gives the same hosts in whatever order updates are heard, equally new ones among them', () => {
    check(
      fc.property(
        withShuffle(
          fc.array(
            fc
              .nat({ max: 1 })
              .chain((n) => hostArbitrary(`host-${n}`))
              .map((one) => ({ ...one, version: 1 + (one.version % 2) })),
          ),
        ),
        ([updates, shuffled]) => {
          const listed = [host('host-0', { version: 0 }), host('host-1', { version: 0 })];
          expect(refreshHosts(listed, shuffled)).toStrictEqual(refreshHosts(listed, updates));
        },
      ),
    );
  });

  it('leaves out updates about hosts that are not listed', () => {
    expect(refreshHosts([host('a')], [host('b', { version: 9 })])).toStrictEqual([host('a')]);
  });
});
