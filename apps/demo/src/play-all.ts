import { capacityChecks } from './capacity/capacity-checks.js';
import { play } from './capacity/play.js';
import { capacitySection } from './capacity/section.js';
import type { Moment } from './capacity/story.js';
import { renderTable } from './capacity/table.js';
import { allHold, type Check, renderChecks } from './check.js';
import type { CommandLine } from './command-line.js';
import { type Deployed, deploy } from './deployment/deploy.js';
import { deploymentChecks } from './deployment/deployment-checks.js';
import { deploymentSection } from './deployment/section.js';
import { synthesise } from './deployment/synthesise.js';
import { renderPage, type Section } from './report/page.js';
import { writeReport } from './report/write-report.js';
import { playScaling } from './scaling/play-scaling.js';
import { scalingChecks } from './scaling/scaling-checks.js';
import { scalingSection } from './scaling/section.js';

/** How the demo ended: as it should, with the deployment failed that was to fail, or with a promise that does not hold. */
export type Ending = 'done' | 'deploymentFailed' | 'promiseBroken';

/**
 * Plays the demo, prints what came of it and writes the report.
 *
 * @param folder for everything that is not to stay
 * @throws {DemoError} when it cannot be played
 */
export async function playAll({ report, failMigration }: CommandLine, folder: string): Promise<Ending> {
  const say = progress();
  say('no AWS account, no containers: processes stand for them, and SQLite for the MySQL server');
  // A story of its own, one second a step: it goes on beside the rest.
  const [{ checks, sections }, moments] = await Promise.all([
    playDeployment({ failMigration, folder, say }),
    failMigration ? undefined : playCapacity(say),
  ]);
  const allChecks = [...checks, ...(moments === undefined ? [] : capacityChecks(moments))];
  const allSections = [...sections, ...(moments === undefined ? [] : [capacitySection(moments)])];
  if (moments !== undefined) console.log(`\n${renderTable(moments)}`);
  console.log(`\n${renderChecks(allChecks)}`);
  // Last: what was seen is told even if the file cannot be written.
  writeReport(report, renderPage(allChecks, allSections));
  console.log(`\nreport: ${report}`);
  if (!allHold(allChecks)) return 'promiseBroken';
  return failMigration ? 'deploymentFailed' : 'done';
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
