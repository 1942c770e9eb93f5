import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';
import { isAsExpected, type Migration, playMigrations, renderMigrations } from './migration.js';
import { renderPage } from './page.js';
import { play } from './play.js';
import { differences, type Moment } from './story.js';
import { renderTable } from './table.js';

/** Exit status: every published value is the core's own and the migrations end as they should, or not, or the demo could not run. */
const EXIT = { same: 0, different: 1, usage: 2, fault: 3 } as const;

async function main(argv: readonly string[]): Promise<number> {
  const file = pageFile(argv);
  process.stderr.write('a cluster on this machine, the bundled functions, no AWS account\n');
  const moments = await play((done, total, title) => process.stderr.write(`  ${String(done).padStart(2)}/${total}  ${title}\n`));
  console.log(`\n${renderTable(moments)}\n`);
  writeFileSync(file, renderPage(moments));
  console.log(`page with the curve: ${file}`);
  const migrations = await playMigrations((title) => process.stderr.write(`  ${title}\n`));
  console.log(`\n${renderMigrations(migrations)}\n`);
  return Math.max(verdict(moments), migrationVerdict(migrations));
}

function pageFile(argv: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...argv], options: { html: { type: 'string', default: 'demo.html' } } });
    return resolve(values.html);
  } catch (error) {
    throw new DemoError('USAGE', `${error instanceof Error ? error.message : error}; the only option is --html FILE`);
  }
}

function migrationVerdict(migrations: readonly Migration[]): number {
  if (isAsExpected(migrations)) {
    console.log('the first migration succeeded, the second failed and was rolled back, each with one answer');
    return EXIT.same;
  }
  console.error('the migrations did not end as they should');
  return EXIT.different;
}

function verdict(moments: readonly Moment[]): number {
  const wrong = differences(moments);
  const invocations = moments.reduce((sum, moment) => sum + moment.events, 0);
  if (wrong.length === 0) {
    console.log(`${invocations} events, ${moments.length} steps: every published value is the core's own answer`);
    return EXIT.same;
  }
  for (const moment of wrong) {
    console.error(`"${moment.title}": published ${JSON.stringify(moment.published)}, the core says ${JSON.stringify(moment.expected)}`);
  }
  return EXIT.different;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const known = error instanceof DemoError;
    console.error(`demo: ${error instanceof Error ? error.message : error}`);
    if (known) for (const line of error.logs) console.error(`  ${line}`);
    process.exitCode = known && error.code === 'USAGE' ? EXIT.usage : EXIT.fault;
  },
);
