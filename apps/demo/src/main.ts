import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capacityChecks } from './capacity/capacity-checks.js';
import { play } from './capacity/play.js';
import { capacitySection } from './capacity/section.js';
import type { Moment } from './capacity/story.js';
import { renderTable } from './capacity/table.js';
import { allHold, type Check, renderChecks } from './check.js';
import { type CommandLine, readCommandLine, USAGE } from './command-line.js';
import { DemoError } from './demo-error.js';
import { type Deployed, deploy } from './deployment/deploy.js';
import { deploymentChecks } from './deployment/deployment-checks.js';
import { deploymentSection } from './deployment/section.js';
import { synthesise } from './deployment/synthesise.js';
import { renderPage, type Section } from './report/page.js';
import { playScaling } from './scaling/play-scaling.js';
import { scalingChecks } from './scaling/scaling-checks.js';
import { scalingSection } from './scaling/section.js';

/**
 * Exit status. A failing deployment ends with 1, as `cdk deploy` does with one, so that a script sees what it would see on AWS; a promise
 * that does not hold has a status of its own.
 */
const EXIT = { done: 0, deploymentFailed: 1, usage: 2, fault: 3, promiseBroken: 4 } as const;

async function main(argv: readonly string[]): Promise<number> {
  const read = readCommandLine(argv);
  if (read.kind === 'help') {
    console.log(USAGE);
    return EXIT.done;
  }
  if (read.kind === 'wrong') {
    console.error(`demo: ${read.problem}\n\n${USAGE}`);
    return EXIT.usage;
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
  try {
    return await playAll(read.options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playAll({ report, failMigration }: CommandLine, folder: string): Promise<number> {
  const say = progress();
  say('no AWS account, no containers: processes stand for them, and SQLite for the MySQL server');
  // A story of its own, one second a step: it goes on beside the rest.
  const [{ checks, sections }, moments] = await Promise.all([
    playDeployment({ failMigration, folder, say }),
    failMigration ? undefined : playCapacity(say),
  ]);
  const allChecks = [...checks, ...(moments === undefined ? [] : capacityChecks(moments))];
  const allSections = [...sections, ...(moments === undefined ? [] : [capacitySection(moments)])];
  writeFileSync(report, renderPage(allChecks, allSections));
  if (moments !== undefined) console.log(`\n${renderTable(moments)}`);
  console.log(`\n${renderChecks(allChecks)}\n\nreport: ${report}`);
  if (!allHold(allChecks)) {
    console.error('demo: a promise does not hold');
    return EXIT.promiseBroken;
  }
  return failMigration ? EXIT.deploymentFailed : EXIT.done;
}

/** What came of a part. */
interface Part {
  readonly checks: readonly Check[];
  readonly sections: readonly Section[];
}

async function playDeployment(options: {
  readonly failMigration: boolean;
  readonly folder: string;
  readonly say: (what: string) => void;
}): Promise<Part> {
  const { failMigration, folder, say } = options;
  say('the stack is synthesised and validated');
  const synthesis = await synthesise(folder);
  const { template } = synthesis;
  say(`${template.resources.size} resources, ${synthesis.findings} findings`);
  const deployed = await deploy({ template, folder, failMigration, onProgress: say });
  tell(deployed);
  const part = { checks: deploymentChecks(synthesis, deployed), sections: [deploymentSection(deployed)] };
  if (failMigration || deployed.served === undefined) return part;
  say('load rises and falls, in virtual minutes');
  const scaling = await playScaling(template, (minute, what) => {
    if (what !== '') say(`  minute ${minute}: ${what}`);
  });
  return { checks: [...part.checks, ...scalingChecks(scaling)], sections: [...part.sections, scalingSection(scaling)] };
}

/** Prints what a user of CloudFormation would read. */
function tell({ first, second }: Deployed): void {
  for (const deployment of [first, ...(second === undefined ? [] : [second])]) {
    if (deployment.reason !== '') console.log(`\n${deployment.status}. What CloudFormation shows:\n\n${deployment.reason}\n`);
  }
}

async function playCapacity(say: (what: string) => void): Promise<readonly Moment[]> {
  const moments = await play(() => undefined);
  say('capacity metrics of a cluster that fills unevenly: read back');
  return moments;
}

/** Says what happens, with the seconds since the beginning. */
function progress(): (what: string) => void {
  const startMillis = Date.now();
  return (what) => process.stderr.write(`${((Date.now() - startMillis) / 1000).toFixed(1).padStart(6)} s  ${what}\n`);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(`demo: ${error instanceof Error ? error.message : error}`);
    if (error instanceof DemoError) for (const line of error.logs) console.error(`  ${line}`);
    process.exitCode = EXIT.fault;
  },
);
