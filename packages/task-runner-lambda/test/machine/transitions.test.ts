import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagram } from '../../src/machine/diagram.js';
import { TRANSITIONS } from '../../src/machine/transitions.js';
import { WINDOW_MS } from '../../src/placement-window.js';
import { edgeOf, explore, FINAL, OUTCOMES, type Taken } from '../helpers/explore.js';

/** What must not happen in any step. */
const FORBIDDEN: Readonly<Record<string, (taken: Taken) => boolean>> = {
  'a wait is shorter than 1 ms, or longer than a window and its margins': ({ action }) =>
    action.kind === 'wait' && !(action.ms >= 1 && action.ms <= 125_000),
  'the hand-over is slept through': ({ action, after, plan, now }) =>
    action.kind === 'wait' && after.phase !== 'reading' && plan.handOverAt !== undefined && now + action.ms > plan.handOverAt,
  'RunTask is called without a look at what runs, just before': ({ action, before, observation }) =>
    action.kind === 'run task' && (before.phase !== 'clearing' || observation.kind !== 'found') && !looksAtStack({ before, observation }),
  'RunTask is called on what was found in another window': ({ action, before, plan }) =>
    action.kind === 'run task' && action.window > windowAt(Math.max(before.lookedAt ?? 0, plan.startAt)),
  'RunTask is called on a list from before the stack was asked, where that tells of another cluster': ({ action, before, plan }) =>
    action.kind === 'run task' && plan.leavesCluster === true && before.phase !== 'clearing',
  'RunTask is called after the deadline': ({ action, plan, now }) => action.kind === 'run task' && now >= plan.stopAt,
  'RunTask is called when every attempt has died': ({ action, plan }) => action.kind === 'run task' && !plan.mayPlace,
  'RunTask is called where nothing is to run': ({ action, plan, before }) =>
    action.kind === 'run task' &&
    [plan.goal === 'stop', plan.skip, before.skip, before.ending, plan.refusal].some((reason) => reason !== undefined && reason !== false),
  'success is told of what was not just seen': ({ action, observation }) =>
    action.kind === 'answer' && action.answer.kind === 'succeeded' && observation.kind !== 'described',
  'the reason of a stop has more than 255 characters': ({ action }) => action.kind === 'stop task' && action.reason.length > 255,
  'a phase is final without its action': ({ action, after }) =>
    (after.phase === 'answered') !== (action.kind === 'answer') || (after.phase === 'handed over') !== (action.kind === 'hand over'),
  'an action has no outcome': ({ action }) => !['answer', 'hand over'].includes(action.kind) && OUTCOMES[action.kind].length === 0,
};

/** Whether the stack was asked once more after a look that found nothing in the way, and has just answered, or must not be asked. */
function looksAtStack({ before, observation }: Pick<Taken, 'before' | 'observation'>): boolean {
  const isAnswer =
    observation.kind === 'stack' || (observation.kind === 'failed' && ['denied', 'refused'].includes(observation.fault.kind));
  return before.phase === 'checking' && before.isClear === true && isAnswer;
}

function windowAt(moment: number): number {
  return Math.floor(moment / WINDOW_MS);
}

/** Everything the machine can do, walked once. */
let steps = 0;
const edges = new Set<string>();
const offences = new Map<string, Taken>();

beforeAll(() => {
  explore((taken) => {
    steps += 1;
    edges.add(edgeOf(taken));
    for (const [rule, isBroken] of Object.entries(FORBIDDEN)) if (isBroken(taken)) offences.set(rule, taken);
  });
}, 120_000);

test('every step of the machine is an arrow of the table, and every arrow is a step', () => {
  const arrows = TRANSITIONS.flatMap(({ from, on, to }) => on.map((kind) => `${from} | ${kind} | ${to}`));
  expect([...edges].sort()).toEqual([...arrows].sort());
  expect(steps).toBeGreaterThan(50_000);
});

test('nothing forbidden is among them', () => {
  expect(Object.fromEntries(offences)).toEqual({});
});

test('every phase leads to an end', () => {
  const phases = new Set(TRANSITIONS.map(({ from }) => from));
  for (const phase of phases) {
    const reached = new Set<string>([phase]);
    for (const _ of phases) for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
    expect(FINAL.some((end) => reached.has(end))).toBe(true);
  }
});

test('the diagram in the documentation is the one of the table', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/task-runner.md'), 'utf8');
  expect(/```mermaid\n(.*?)\n```/s.exec(page)?.[1]).toBe(diagram());
});
