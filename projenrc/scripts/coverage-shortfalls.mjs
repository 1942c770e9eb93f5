// What the last measured run of a workspace's tests lacks of its thresholds.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const REMEDY = 'test what is new, or lower the threshold in projenrc/coverage.ts and say why';

/**
 * One line for each threshold that is missed; none where the workspace has no thresholds.
 *
 * @param {string} workspace - its folder, with the jest.config.json and the report that jest left
 */
export function shortfallsOf(workspace) {
  const { coverageThreshold, coverageDirectory } = JSON.parse(readFileSync(join(workspace, 'jest.config.json'), 'utf8'));
  if (coverageThreshold === undefined) return [];
  const name = workspace === '.' ? basename(process.cwd()) : workspace;
  const report = join(workspace, coverageDirectory, 'coverage-summary.json');
  if (!existsSync(report)) return [`${name}: coverage was not measured: run all of its tests, by its task "test"`];
  const { total } = JSON.parse(readFileSync(report, 'utf8'));
  return Object.entries(coverageThreshold.global)
    .filter(([kind, least]) => !(total[kind].pct >= least))
    .map(([kind, least]) => `${name}: tests run through ${total[kind].pct} % of ${kind} where ${least} % is the least: ${REMEDY}`);
}
