// Prints where the last run of nx spent its time: by target, by task, and the slowest test files.
//
//   node projenrc/scripts/time-spent.mjs [--step NAME=SECONDS]... [--most 12]
//
// --step adds what came before nx, as `npm ci=31`. Tasks run beside each other, so that their seconds add up to more than passed by.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const RUN = '.nx/cache/run.json';

const { values } = parseArgs({
  options: { step: { type: 'string', multiple: true, default: [] }, most: { type: 'string', default: '12' } },
});
const most = Number(values.most);

const secondsBetween = (start, end) => (Date.parse(end) - Date.parse(start)) / 1000;
const line = (seconds, text) => `${seconds.toFixed(1).padStart(8)} s  ${text}`;
const slowestFirst = (pairs) => [...pairs].sort(([, a], [, b]) => b - a);

function sumBy(items, nameOf, secondsOf) {
  const sums = new Map();
  for (const item of items) sums.set(nameOf(item), (sums.get(nameOf(item)) ?? 0) + secondsOf(item));
  return slowestFirst(sums);
}

/** Seconds of each test file, as the jest reports of this run have them. */
function testFiles() {
  return ['packages', 'apps', 'projenrc'].flatMap((group) =>
    readdirSync(group).flatMap((name) => {
      const report = `${group}/${name}/test-reports/junit.xml`;
      if (!existsSync(report)) return [];
      const cases = readFileSync(report, 'utf8').matchAll(/<testsuite name="([^"]*)"[^>]* time="([\d.]+)"/g);
      return [...cases].map(([, suite, seconds]) => [`${name}: ${suite}`, Number(seconds)]);
    }),
  );
}

for (const step of values.step) {
  const [, name, seconds] = /^(.+)=([\d.]+)$/.exec(step) ?? [];
  if (name === undefined) console.log(`--step ${step} is not NAME=SECONDS`);
  else console.log(line(Number(seconds), name));
}
if (existsSync(RUN)) {
  const { run, tasks } = JSON.parse(readFileSync(RUN, 'utf8'));
  const seconds = ({ startTime, endTime }) => secondsBetween(startTime, endTime);
  const cached = tasks.filter(({ cacheStatus }) => cacheStatus !== 'cache-miss').length;
  console.log(
    line(
      secondsBetween(run.startTime, run.endTime),
      `${run.command.replace(' --outputStyle=static', '')} (${tasks.length} tasks, ${cached} from the cache)`,
    ),
  );
  for (const [target, sum] of sumBy(tasks, (task) => task.target, seconds)) console.log(line(sum, `all of ${target}`));
  for (const [task, sum] of sumBy(tasks, ({ taskId }) => taskId, seconds).slice(0, most)) console.log(line(sum, task));
} else console.log(`${RUN} is missing: nx has not run yet`);
for (const [file, seconds] of slowestFirst(testFiles()).slice(0, most)) console.log(line(seconds, file));
