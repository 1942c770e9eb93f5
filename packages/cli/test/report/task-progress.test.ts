import type { RunProgress } from '@plimsoll/task-runner-lambda';
import { taskProgress } from '../../src/report/task-progress.js';

const refused = { kind: 'failed', fault: { kind: 'refused', name: 'InvalidParameterException', message: 'no', resourceIds: [] } } as const;

/** What is said of a run that goes through these steps. */
function saidOf(...steps: readonly { readonly state: object; readonly action: object; readonly observation: object }[]): readonly string[] {
  const said: string[] = [];
  const tell = taskProgress((line) => said.push(line));
  for (const step of steps) tell(step as unknown as RunProgress);
  return said;
}

test('want of room is told as such, and once', () => {
  const wanting = { state: { phase: 'checking', want: 'no hosts' }, action: { kind: 'wait', ms: 1000 }, observation: refused };
  expect(saidOf(wanting, wanting)).toEqual(['no room yet: no hosts']);
});

test('a call that ends the run is not said to be tried again', () => {
  expect(saidOf({ state: { phase: 'answered' }, action: { kind: 'answer' }, observation: refused })).toEqual([]);
  expect(saidOf({ state: { phase: 'watching' }, action: { kind: 'wait', ms: 1000 }, observation: refused })).toEqual([
    'a call failed, trying again: InvalidParameterException: no',
  ]);
});
