import { JsonFile } from 'projen';
import type { Workspace } from './workspace.ts';

/** Least share of planted faults that the tests must find, in percent. */
const LEAST_SCORE = 90;

/** Tests that compare documents with the sources, or lie outside the package: the copy with the faults has neither as it was. */
const DOCUMENT_TESTS = 'readme\\.test|are tabled in docs';

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
      testRunner: 'circus',
      plugins: ['../../projenrc/scripts/mutation-runner.mjs'],
      // Beside the sources: what a file asks for relative to itself is then where it was.
      buildCommand:
        'esbuild src/**/*.ts test/**/*.ts --format=cjs --target=es2023 --tsconfig-raw={} --outbase=. --outdir=. --log-level=warning',
      coverageAnalysis: 'perTest',
      // Constants made while a module loads: each fault in one would need every test again.
      ignoreStatic: true,
      ignorePatterns: ['dist', 'lib', 'reports', 'test-reports'],
      incremental: true,
      incrementalFile: 'reports/mutation/incremental.json',
      concurrency: 2,
      // So long that a machine with other work to do takes no slow test for an endless loop: most of these are found by counting.
      timeoutMS: 20_000,
      timeoutFactor: 3,
      reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
      clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
      thresholds: { high: 95, low: LEAST_SCORE, break: LEAST_SCORE },
      cleanTempDir: 'always',
      disableTypeChecks: false,
    },
  });
  workspace.addTask('mutate', {
    description: `Plant faults in src and count those that the tests find; ${LEAST_SCORE} % or better`,
    // One seed and few runs of each property: a fault must be found every time or never.
    env: { PLIMSOLL_TEST_SEED: '1', PLIMSOLL_TEST_RUNS: '40', PLIMSOLL_MUTATE_WITHOUT: DOCUMENT_TESTS },
    exec: 'stryker run',
    receiveArgs: true,
  });
  for (const ignored of ['/.stryker-tmp/', '/reports/']) workspace.gitignore.exclude(ignored);
}
