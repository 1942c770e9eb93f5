import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, noFigures, printFigures } from './helpers/proof/figures.js';
import { playReally } from './helpers/proof/real-world.js';
import { quickened, scheduleOf } from './helpers/proof/schedule.js';
import { faultsOf } from './helpers/proof/verdict.js';

/** Schedules in a row; `PLIMSOLL_TEST_RUNS` sets another number. */
const RUNS = Number(process.env.PLIMSOLL_TEST_RUNS || (process.env.PLIMSOLL_TEST_LEVEL === 'full' ? 50 : 5));

/** Seed of the first. What happens in one second of real time depends on the machine, too. */
const FIRST_SEED = Number(process.env.PLIMSOLL_TEST_SEED || Math.floor(Math.random() * 2 ** 31));

/** Schedules at a time: they mostly wait. */
const PARALLEL = 5;

test(`the bundle, as Lambda runs it, under ${RUNS} schedules of faults from seed ${FIRST_SEED} on`, async () => {
  const seeds = Array.from({ length: RUNS }, (_, index) => FIRST_SEED + index);
  const failed: string[] = [];
  const figures = noFigures();
  const permissions = new Set<string>();
  const work = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const played = await playReally(quickened(scheduleOf(seed)));
      for (const { iamActions } of played.calls) for (const { action } of iamActions) permissions.add(action);
      const faults = faultsOf(played);
      count(figures, played, faults);
      if (faults.length > 0) {
        failed.push(`PLIMSOLL_TEST_SEED=${seed} PLIMSOLL_TEST_RUNS=1\n${faults.map(({ kind, what }) => `  ${kind}: ${what}`).join('\n')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  printFigures(`the bundle over HTTP, from seed ${FIRST_SEED} on`, figures);
  expect(failed).toEqual([]);
  expect(documentedPermissions()).toEqual(expect.arrayContaining([...permissions]));
}, 3_600_000);

/** Actions of the README's table. */
function documentedPermissions(): readonly string[] {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const [, table = ''] = /## Permissions\n(.*?)\n## /s.exec(readme) ?? [];
  return [...table.matchAll(/`((?:ecs|iam|logs|cloudformation|lambda):\w+)`/g)].map(([, action]) => action ?? '');
}
