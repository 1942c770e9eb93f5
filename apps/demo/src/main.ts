import { accessSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CommandLine, readCommandLine, USAGE } from './command-line.js';
import { DemoError } from './demo-error.js';

/**
 * Exit status. A failing deployment ends with 1, as `cdk deploy` does with one, so that a script sees what it would see on AWS; a promise
 * that does not hold has a status of its own.
 */
const EXIT = { done: 0, deploymentFailed: 1, usage: 2, fault: 3, promiseBroken: 4 } as const;

/** Oldest Node.js that the sample service and its SQLite run on. */
const OLDEST_NODE = 24;

async function main(argv: readonly string[]): Promise<number> {
  const read = readCommandLine(argv);
  if (read.kind === 'help') {
    console.log(USAGE);
    return EXIT.done;
  }
  const problem = read.kind === 'wrong' ? read.problem : reportProblem(read.options);
  if (read.kind === 'wrong' || problem !== undefined) {
    console.error(`demo: ${problem}\n\n${USAGE}`);
    return EXIT.usage;
  }
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new DemoError(
      'OLD_NODE',
      `this is Node.js ${process.versions.node}: the sample service needs ${OLDEST_NODE}, which npx projen demo brings`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Ends what was started, too: processes end with this one, but not by a signal that nobody handles.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(EXIT.fault));
  // Only now: a wrong option is told at once, and by any Node.js.
  const { playAll } = await import('./play-all.js');
  const ending = await playAll(read.options, folder);
  if (ending === 'promiseBroken') console.error('demo: a promise does not hold');
  return EXIT[ending];
}

/** Why the report cannot be written; found before anything is played. */
function reportProblem({ report }: CommandLine): string | undefined {
  try {
    accessSync(dirname(report), constants.W_OK);
    const there = statSync(report, { throwIfNoEntry: false });
    const isFolder = there?.isDirectory() === true;
    if (there !== undefined && !isFolder) accessSync(report, constants.W_OK);
    return isFolder ? `--html is ${report}, a folder: name a file` : undefined;
  } catch {
    return `--html is ${report}, whose folder is not there, or which cannot be written: name a file that can`;
  }
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`demo: ${error instanceof Error ? error.message : error}`);
    if (error instanceof DemoError) for (const line of error.logs) console.error(`  ${line}`);
    process.exitCode = error instanceof DemoError && error.code === 'REPORT_NOT_WRITTEN' ? EXIT.usage : EXIT.fault;
  },
);
