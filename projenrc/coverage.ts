import type { Workspace } from './workspace.ts';

/** Least share of statements and branches that a package's tests must run through, in percent. */
interface Coverage {
  readonly statements: number;
  readonly branches: number;
  /**
   * What the tests import: the sources, or what was compiled of them.
   *
   * @default src
   */
  readonly imported?: 'src' | 'lib';
}

/**
 * Thresholds by package: two points or less below what was measured, so that a part without tests is noticed.
 *
 * Only what runs inside jest counts: bundles, the program and servers in processes of their own are tested, but not seen.
 */
const THRESHOLDS: Readonly<Record<string, Coverage>> = {};

/** What a package that is not in the table must reach. */
const DEFAULT: Coverage = { statements: 90, branches: 85 };

/** How jest measures the coverage of a package; part of its configuration, and without effect on a run that does not ask for it. */
export function coverageSettings(name: string): object {
  const { imported, ...threshold } = THRESHOLDS[name] ?? DEFAULT;
  return {
    // Of the engine itself: the instrumented sources of the other provider are slower, and other code than what is shipped.
    coverageProvider: 'v8',
    collectCoverageFrom: [imported === 'lib' ? 'lib/**/*.js' : 'src/**/*.ts'],
    coverageDirectory: 'coverage',
    coverageReporters: ['text-summary', 'json-summary'],
    coverageThreshold: { global: threshold },
  };
}

/** Adds the task `coverage`: the tests once more, measured, at their ordinary length. */
export function addCoverage(workspace: Workspace): void {
  workspace.addTask('coverage', {
    description: 'Run the tests and measure what they run through',
    env: { PLIMSOLL_TEST_LEVEL: '' },
    // Measured, and on a busy machine, a test takes longer than it may otherwise.
    exec: 'jest --ci --coverage --reporters=default --testTimeout=300000',
  });
}
