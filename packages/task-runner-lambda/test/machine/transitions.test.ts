import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagram } from '../../src/machine/diagram.js';
import { TRANSITIONS } from '../../src/machine/transitions.js';
import { edgeOf, explore, FINAL, OUTCOMES, type Taken } from '../helpers/explore.js';

/** Everything the machine can do, walked once. */
let steps = 0;
const edges = new Set<string>();
const offences = new Map<string, Taken>();

function offend(rule: string, taken: Taken): void {
  if (!offences.has(rule)) offences.set(rule, taken);
}

beforeAll(() => {
  explore((taken) => {
    steps += 1;
    edges.add(edgeOf(taken));
    const { plan, before, action, after, now, observation } = taken;
    if (action.kind === 'wait' && !(action.ms >= 1 && action.ms <= 125_000)) offend('a wait is at least 1 ms, and no longer than a window and its margins', taken);
    if (action.kind === 'wait' && after.phase !== 'reading' && plan.handOverAt !== undefined && now + action.ms > plan.handOverAt) offend('nothing is slept through the hand-over', taken);
    if (action.kind === 'run task' && before.phase !== 'clearing') offend('RunTask follows a look at what runs, at once', taken);
    if (action.kind === 'run task' && (now >= plan.stopAt || !plan.mayPlace)) offend('RunTask is not called after the deadline', taken);
    if (action.kind === 'run task' && (plan.goal === 'stop' || plan.skip || before.skip || before.ending)) offend('RunTask is not called where nothing is to run', taken);
    if (action.kind === 'answer' && action.answer.kind === 'succeeded' && observation.kind !== 'described') offend('success is only told of what was just seen', taken);
    if (action.kind === 'stop task' && action.reason.length > 255) offend('the reason of a stop has 255 characters at most', taken);
    if ((after.phase === 'answered') !== (action.kind === 'answer')) offend('answered is where an answer was given', taken);
    if (action.kind !== 'answer' && action.kind !== 'hand over' && OUTCOMES[action.kind].length === 0) offend('every action has an outcome', taken);
    if (before.awaiting === 'run task' && before.phase === 'placing' && action.kind === 'run task') offend('RunTask is never called twice without a look', taken);
  });
}, 120_000);

test('every step of the machine is an arrow of the table, and every arrow is a step', () => {
  const arrows = TRANSITIONS.flatMap(({ from, on, to }) => on.map((kind) => `${from} | ${kind} | ${to}`));
  expect([...edges].sort()).toEqual([...arrows].sort());
  expect(steps).toBeGreaterThan(50_000);
});

test('what must hold of every step holds', () => {
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
