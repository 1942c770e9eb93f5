import { JsonFile } from 'projen';
import type { Workspace } from './workspace.ts';

/** Least share of planted faults that the tests must find, in percent. */
const LEAST_SCORE = 90;

/**
 * Adds the task `mutate`: Stryker plants faults in the sources one at a time and runs the tests that reach each.
 *
 * Not part of a build: it takes minutes. What it found is kept in `reports/`, so that the next run tries only what changed. `--mutate
 * 'src/fit.ts'` limits a run to some files.
 */
export function addMutationTesting(workspace: Workspace): void {
  new JsonFile(workspace, 'stryker.config.json', {
    marker: false,
    obj: {
      mutate: ['src/**/*.ts', '!src/index.ts'],
      testRunner: 'jest',
      plugins: ['@stryker-mutator/jest-runner'],
      jest: { configFile: 'jest.config.json' },
      coverageAnalysis: 'perTest',
      // Rewritten for the copy that the tests run in, since it extends a file outside the package.
      tsconfigFile: 'test/tsconfig.json',
      ignorePatterns: ['dist', 'lib', 'reports', 'test-reports'],
      incremental: true,
      incrementalFile: 'reports/mutation/incremental.json',
      concurrency: 2,
      timeoutMS: 20_000,
      reporters: ['clear-text', 'json', 'html'],
      clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
      thresholds: { high: 95, low: LEAST_SCORE, break: LEAST_SCORE },
      cleanTempDir: 'always',
      disableTypeChecks: false,
    },
  });
  workspace.addTask('mutate', {
    description: `Plant faults in src and count those that the tests find; ${LEAST_SCORE} % or better`,
    // One seed and few runs of each property: a fault must be found every time or never.
    env: { PLIMSOLL_TEST_SEED: '1', PLIMSOLL_TEST_RUNS: '60' },
    exec: 'stryker run',
    receiveArgs: true,
  });
  for (const ignored of ['/.stryker-tmp/', '/reports/']) workspace.gitignore.exclude(ignored);
}
