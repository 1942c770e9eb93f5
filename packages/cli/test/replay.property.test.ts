import { isRegistered, type TaskSizes } from '@plimsoll/capacity-core';
import { plainSize } from '@plimsoll/simulator';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { EMPTY_REPLAY, type ReplayState, replayEvent } from '../src/replay.js';
import { event, type HostNumbers } from './helpers/records.js';

const SIZES: TaskSizes = [plainSize({ name: 'web', cpuUnits: 250, memoryMiB: 400 })];

/** Histories of a few hosts in two clusters; a host's versions are all different. */
const history = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      cluster: fc.constantFrom('demo', 'other'),
      version: fc.integer({ min: 0, max: 8 }),
      cpu: fc.integer({ min: 0, max: 1024 }),
      memory: fc.integer({ min: 0, max: 993 }),
      status: fc.constantFrom('ACTIVE', 'ACTIVE', 'DRAINING', 'INACTIVE'),
    }),
    { selector: ({ id, cluster, version }) => `${id} ${cluster} ${version}`, maxLength: 25 },
  )
  .map((hosts) => hosts.sort((a, b) => a.version - b.version));

function replayAll(hosts: readonly HostNumbers[]): ReplayState {
  let state = EMPTY_REPLAY;
  for (const [index, host] of hosts.entries()) {
    const step = replayEvent(state, { event: index + 1, value: event(host) }, SIZES);
    if (step.ok && step.value.kind === 'event') state = step.value.state;
    else expect(step).toBe('an event');
  }
  return state;
}

/** What one can see of a state, without the order in which hosts were heard of. */
function seen(state: ReplayState): unknown {
  return [...state]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cluster, { hosts, report }]) => [
      cluster,
      report,
      [...hosts.values()].filter(isRegistered).sort((a, b) => (a.containerInstanceArn < b.containerInstanceArn ? -1 : 1)),
    ]);
}

describe('replay', () => {
  it('ends in the same state in any order, with any repetition', () => {
    const disturbed = history.chain((hosts) =>
      fc.tuple(
        fc.constant(hosts),
        fc.array(fc.nat({ max: Math.max(0, hosts.length - 1) }), { maxLength: 20 }).chain((again) =>
          fc.shuffledSubarray([...hosts, ...again.flatMap((index) => hosts[index] ?? [])], {
            minLength: hosts.length + (hosts.length === 0 ? 0 : again.length),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(disturbed, ([hosts, shuffled]) => {
        expect(seen(replayAll(shuffled))).toEqual(seen(replayAll(hosts)));
      }),
      propertyParameters(200),
    );
  });

  it('applies an event once', () => {
    fc.assert(
      fc.property(history, (hosts) => {
        const state = replayAll(hosts);
        for (const host of hosts) {
          const again = replayEvent(state, { event: 1, value: event(host) }, SIZES);
          expect(again).toMatchObject({ ok: true, value: { kind: 'event', report: { applied: false } } });
        }
      }),
      propertyParameters(100),
    );
  });
});
