import { allHold } from '../../src/check.js';
import type { Removal, ScalingMoment, ScalingPlay } from '../../src/scaling/moment.js';
import { scalingChecks } from '../../src/scaling/scaling-checks.js';
import { scalingPlay } from '../helpers/scaling-play.js';

const good = scalingPlay();
const withMinute = (minute: number, change: Partial<ScalingMoment>): ScalingPlay => ({
  ...good,
  moments: good.moments.map((moment) => (moment.minute === minute ? { ...moment, ...change } : moment)),
});
const withRemoval = (change: Partial<Removal>): ScalingPlay => ({
  ...good,
  removals: good.removals.map((removal) => ({ ...removal, ...change })),
});

test('everything as it should be', () => {
  expect(scalingChecks(good).filter(({ holds }) => !holds)).toEqual([]);
});

test.each<[string, ScalingPlay, RegExp]>([
  ['no host comes', { ...good, additions: [] }, /^load adds hosts/],
  ['a host comes without an alarm', { ...good, additions: [{ minute: 3, hosts: 1 }] }, /^load adds hosts/],
  ['another host goes than the one named', withRemoval({ terminated: 'i-2' }), /^the host that goes/],
  ['another host is drained', withRemoval({ drained: 'arn-2' }), /^the host that goes/],
  ['a host goes too soon', withMinute(3, { published: { hostsShort: 0, drainableHosts: 0 } }), /^a host was drainable/],
  ['a task waits', withMinute(3, { tasks: { desired: 2, running: 2, waiting: 1 } }), /^no task/],
  ['fewer tasks run than are wanted', withMinute(3, { tasks: { desired: 2, running: 1, waiting: 0 } }), /^no task/],
  ['a task stops before another starts', withRemoval({ replaced: 0 }), /^no task/],
  ['nothing had to move', withRemoval({ taskArns: [], replaced: 0 }), /^no task/],
  ['a host never empties', withRemoval({ goneMinute: undefined }), /^no task/],
  ['too few hosts', withMinute(3, { hosts: { active: 0, draining: 2, booting: 0 } }), /^there are/],
  ['too many hosts', withMinute(3, { hosts: { active: 2, draining: 0, booting: 1 } }), /^there are/],
  ['hosts that stay', withMinute(5, { hosts: { active: 2, draining: 0, booting: 0 } }), /^when the load has gone/],
])('%s: its promise is broken', (_, play, promise) => {
  const broken = scalingChecks(play).filter(({ holds }) => !holds);
  expect(broken.map((check) => check.promise)).toEqual([expect.stringMatching(promise)]);
});

test('periods of two minutes are looked at whole', () => {
  const withPeriods = (EvaluationPeriods: number): ScalingPlay => {
    const drainableAlarm = { ...good.settings.drainableAlarm, Period: 120, EvaluationPeriods };
    return { ...good, settings: { ...good.settings, drainableAlarm } };
  };
  const broken = (play: ScalingPlay) => scalingChecks(play).filter(({ holds }) => !holds);
  // Minutes 2 and 3; before them it was not drainable.
  expect(broken(withPeriods(1))).toEqual([]);
  expect(broken(withPeriods(2)).map(({ seen }) => seen)).toEqual(['1 of 2']);
});

test('where nothing happened no promise of what should have is kept', () => {
  const checks = scalingChecks({ ...good, moments: [], additions: [], removals: [] });
  expect(allHold(checks)).toBe(false);
  expect(checks.filter(({ holds }) => holds)).toEqual([]);
});
