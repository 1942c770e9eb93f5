import fc from 'fast-check';
import { propertyParameters } from './helpers/property-parameters.js';
import { type Played, play, type Schedule, schedules } from './helpers/schedules.js';

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

describe('whatever goes wrong', () => {
  test('every request gets its answer in time, one task runs at most, none outlives its request, and nothing is a lie', async () => {
    await fc.assert(
      fc.asyncProperty(schedules(), async (schedule: Schedule) => {
        const played = await play(schedule);
        const { lambda, issuedAt, deletedAt, answersTo } = played;
        const [create] = answersTo('request-1');
        expect(create).toBeDefined();
        const answeredAt = create?.at ?? 0;
        expect(answeredAt - issuedAt).toBeLessThan(HOUR_MS);
        if (deletedAt !== undefined) {
          const [deleted] = answersTo('request-2');
          expect(deleted?.body.Status).toBe('SUCCESS');
          expect((deleted?.at ?? 0) - deletedAt).toBeLessThan(HOUR_MS);
        }
        for (const answer of lambda.answers) expect(Buffer.byteLength(JSON.stringify(answer.body))).toBeLessThanOrEqual(4096);

        expect(runs(played).length).toBeLessThanOrEqual(1);

        const last = Math.max(answeredAt, answersTo('request-2')[0]?.at ?? 0);
        for (const task of lambda.ecs.tasks) expect(lambda.ecs.endOf(task)).toBeLessThanOrEqual(last + 31_000);

        if (create?.body.Status === 'SUCCESS') expect(succeeded(played, answeredAt)).toBe(true);
        else if (answeredAt <= (deletedAt ?? answeredAt)) expect(succeeded(played, answeredAt)).toBe(false);
        expect(lambda.logger.lines.join('\n')).not.toContain('0123456789abcdef');
      }),
      { ...propertyParameters(300), examples: [] },
    );
  }, 600_000);
});
