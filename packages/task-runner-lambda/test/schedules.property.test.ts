import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { type Played, play, schedules } from './helpers/schedules.js';

const HOUR_MS = 3_600_000;

/** Tasks whose own code ran, with the time it ran. */
function runs({ lambda: { ecs } }: Played) {
  return ecs.tasks.flatMap((task) => {
    const from = task.placedAt + task.script.startMs;
    const ran = task.script.stopCode !== 'TaskFailedToStart' && from < ecs.endOf(task);
    return ran ? [{ task, from, to: ecs.endOf(task) }] : [];
  });
}

function succeeded({ lambda: { ecs } }: Played, by: number): boolean {
  return ecs.tasks.some((task) => task.script.exitCodes.migrate === 0 && ecs.endsByItself(task) && ecs.endOf(task) <= by);
}

/** The Create is answered within the hour, truthfully, and so is the Delete that may follow. */
function expectAnswers(played: Played): void {
  const { lambda, issuedAt, deletedAt, answersTo } = played;
  const [create] = answersTo('request-1');
  const answeredAt = create?.at ?? Number.POSITIVE_INFINITY;
  expect(answeredAt - issuedAt).toBeLessThan(HOUR_MS);
  // What ends well after the stack has turned away may be told either way.
  if (create?.body.Status === 'SUCCESS') expect(succeeded(played, answeredAt)).toBe(true);
  else if (answeredAt <= (deletedAt ?? answeredAt)) expect(succeeded(played, answeredAt)).toBe(false);
  if (deletedAt !== undefined) {
    const [deleted] = answersTo('request-2');
    expect(deleted?.body.Status).toBe('SUCCESS');
    expect((deleted?.at ?? 0) - deletedAt).toBeLessThan(HOUR_MS);
  }
  for (const { body } of lambda.answers) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(4096);
}

/** No task runs longer than half a minute after the last request was answered: the time StopTask may take. */
function expectNoOrphans({ lambda, answersTo }: Played): void {
  const last = Math.max(...['request-1', 'request-2'].map((requestId) => answersTo(requestId)[0]?.at ?? 0));
  for (const task of lambda.ecs.tasks) expect(lambda.ecs.endOf(task)).toBeLessThanOrEqual(last + 31_000);
}

test('whatever goes wrong, every request gets a true answer in time, one task runs at most, and none outlives its request', async () => {
  const property = fc.asyncProperty(schedules(), async (schedule) => {
    const played = await play(schedule);
    expectAnswers(played);
    expect(runs(played).length).toBeLessThanOrEqual(1);
    expectNoOrphans(played);
    expect(played.lambda.logger.lines.join('\n')).not.toContain('0123456789abcdef');
  });
  await fc.assert(property, propertyParameters(300));
}, 900_000);
