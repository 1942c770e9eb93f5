import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeReading, type PastDecision, type ReadingQuestion } from '../src/call-budget.js';
import type { Message } from '../src/read-messages.js';

const NOW = 1_000_000_000;
const arn = (id: number) => `arn:aws:ecs:eu-west-1:111122223333:container-instance/demo/${id}`;
const change = (id: number, version: number) =>
  ({ cluster: 'demo', scheduled: false, detail: { containerInstanceArn: arn(id), version } }) as unknown as Message;
const hint: Message = { cluster: 'demo', scheduled: false };
const tick: Message = { cluster: 'demo', scheduled: true };
const past = (secondsAgo: number, calls = 2): PastDecision => ({
  startedAtMillis: NOW - secondsAgo * 1000,
  calls,
  versions: new Map([
    [arn(1), 5],
    [arn(2), 9],
  ]),
  agentsSeen: new Map(),
});
const judge = (messages: readonly Message[], changed: Partial<ReadingQuestion> = {}) =>
  judgeReading({
    messages,
    past: past(1000),
    nowMillis: NOW,
    budget: { callsPerSecond: 2, environments: 2 },
    clusters: 1,
    onSchedule: true,
    ...changed,
  });

describe('judgeReading', () => {
  test('reads what a new execution environment knows nothing of', () => {
    expect(judge([change(1, 5)], { past: undefined })).toBe('read');
  });

  test.each([
    [[change(1, 5), change(2, 8)], 'known'],
    [[change(1, 5), change(2, 10)], 'read'],
    [[change(3, 1)], 'read'],
    [[hint], 'read'],
    [[change(1, 5), hint], 'read'],
    [[tick], 'read'],
    [[change(1, 5), tick], 'read'],
  ])('tells news from what was published, case %#', (messages, verdict) => {
    expect(judge(messages)).toBe(verdict);
  });

  test('leaves news to the schedule while the budget is spent, and only then', () => {
    // 100 hosts: 2 calls a minute for the schedule leave 1.966 a second, of which each of two environments has half.
    expect(judge([hint], { past: past(2) })).toBe('postponed');
    expect(judge([hint], { past: past(2.1) })).toBe('read');
    expect(judge([hint], { past: past(0), onSchedule: false })).toBe('read');
    expect(judge([change(1, 5)], { past: past(0), onSchedule: false })).toBe('known');
  });

  test('leaves everything to the schedule where the schedule alone takes the budget', () => {
    expect(judge([hint], { past: past(3_600, 120) })).toBe('postponed');
    expect(judge([tick], { past: past(55, 120) })).toBe('read');
  });

  test('takes messages of the schedule that piled up for one', () => {
    const due = (secondsAgo: number): Message => ({ ...tick, sentAtMillis: NOW - secondsAgo * 1000 });
    const published = { ...past(10), publishedFromMillis: NOW - 10_000 };
    expect(judge([due(12), due(72), due(600)], { past: published })).toBe('known');
    expect(judge([due(11.999)], { past: published })).toBe('read');
    expect(judge([due(72), due(1)], { past: published })).toBe('read');
    expect(judge([due(72), hint], { past: { ...published, startedAtMillis: NOW } })).toBe('postponed');
    // What was read and not published satisfies nobody.
    expect(judge([due(72)], { past: past(10) })).toBe('read');
  });

  test('takes events of tasks and services that piled up for one, where a schedule looks again', () => {
    const sent = (secondsAgo: number): Message => ({ ...hint, sentAtMillis: NOW - secondsAgo * 1000 });
    const published = { ...past(10), publishedFromMillis: NOW - 10_000 };
    expect(judge([sent(12), sent(13), change(1, 5)], { past: published })).toBe('known');
    expect(judge([sent(12), sent(11.999)], { past: published })).toBe('read');
    expect(judge([sent(12), hint], { past: published })).toBe('read');
    expect(judge([sent(12)], { past: published, onSchedule: false })).toBe('read');
    expect(judge([sent(12)], { past: past(10) })).toBe('read');
  });

  test('puts off even the schedule where a reading costs more than a minute of the budget', () => {
    expect(judge([tick], { past: past(60, 240) })).toBe('postponed');
    expect(judge([tick], { past: past(120, 240) })).toBe('read');
    expect(judge([tick], { past: past(120, 240), clusters: 2 })).toBe('postponed');
  });

  test('reads when the clock was set back', () => {
    expect(judge([hint], { past: past(-5, 120) })).toBe('read');
  });

  test('keeps the calls of a minute inside the budget, whatever comes', () => {
    for (const calls of [2, 20, 50, 101, 119, 400]) {
      let spent = 0;
      const environments = [undefined, undefined] as Array<PastDecision | undefined>;
      const minutes = 10;
      for (let tenth = 0; tenth < minutes * 600; tenth += 1) {
        const nowMillis = NOW + tenth * 100;
        const messages = tenth % 600 === 0 ? [tick] : [change(1, 6 + tenth)];
        const index = tenth % 2;
        if (judge(messages, { past: environments[index], nowMillis }) === 'read') {
          spent += calls;
          environments[index] = { startedAtMillis: nowMillis, calls, versions: new Map(), agentsSeen: new Map() };
        }
      }
      // Beyond the budget: each environment's first reading, of which it could know nothing.
      expect(spent).toBeLessThanOrEqual(2 * 60 * minutes + 2 * calls);
    }
  });

  const guide = readFileSync(join(__dirname, '../../../docs/capacity-function.md'), 'utf8');
  const [, table = ''] = /\| Hosts \| Calls of a reading .*\n.*\n((?:\|.*\n)+)/.exec(guide) ?? [];
  const rows = table
    .trim()
    .split('\n')
    .map((row): string[] => [...(row.replaceAll(',', '').match(/\w+/g) ?? [])]);
  test.each(rows)(
    'the documentation says how soon %s hosts, at %s calls a reading, are looked at again for events',
    (_, calls, ...cells) => {
      expect(cells).toHaveLength(4);
      for (const [index, callsPerSecond] of [2, 5, 10, 20].entries()) {
        const verdictAfter = (seconds: number) =>
          judge([hint], { past: past(seconds, Number(calls)), budget: { callsPerSecond, environments: 2 } });
        const cell = cells[index] ?? '';
        if (cell === 'schedule') expect(verdictAfter(60)).toBe('postponed');
        else expect([verdictAfter(Number(cell) - 1), verdictAfter(Number(cell) + 0.5)]).toEqual(['postponed', 'read']);
      }
    },
  );
});
