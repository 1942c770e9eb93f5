import { RELATIVE_IMPORTS } from './relative-imports.ts';
import type { Workspace } from './workspace.ts';

/** Least share of statements and branches that a package's tests must run through, in percent. */
interface Coverage {
  readonly statements: number;
  readonly branches: number;
  /**
   * Whether the tests import the package by its name, as its users do: what was compiled. To be measured, they are given the sources.
   *
   * @default false
   */
  readonly byName?: boolean;
}

/**
 * Thresholds by package: two points or less below what was measured, so that a part without tests is noticed.
 *
 * Only what runs inside jest counts: bundles, the program and servers in processes of their own are tested, but not seen.
 */
const THRESHOLDS: Readonly<Record<string, Coverage>> = {
  'capacity-core': { statements: 94, branches: 92 },
  'cfn-response': { statements: 92, branches: 94 },
  cli: { statements: 89, branches: 91 },
  'event-schemas': { statements: 96, branches: 96, byName: true },
};

/** What a package that is not in the table must reach: a floor, until its own is measured. */
const DEFAULT: Coverage = { statements: 80, branches: 75 };

/** How jest measures the coverage of a package; part of its configuration, and without effect on a run that does not ask for it. */
export function coverageSettings(name: string): object {
  const { byName: _, ...threshold } = THRESHOLDS[name] ?? DEFAULT;
  return {
    // Of the engine itself: the instrumented sources of the other provider are slower, and other code than what is shipped.
    coverageProvider: 'v8',
    collectCoverageFrom: ['src/**/*.ts'],
    coverageDirectory: 'coverage',
    coverageReporters: ['text-summary', 'json-summary'],
    coverageThreshold: { global: threshold },
  };
}

/** Where jest finds a package that its own tests import by name; JSON Schemas and the manifest are found as ever. */
function toSources(packageName: string): Readonly<Record<string, string | readonly string[]>> {
  return {
    [`^${packageName}$`]: '<rootDir>/src/index.ts',
    [`^${packageName}/((?!schemas/|package\\.json).+)$`]: '<rootDir>/src/$1.ts',
    ...RELATIVE_IMPORTS,
  };
}

/** Adds the task `coverage`: the tests once more, measured, at their ordinary length. */
export function addCoverage(workspace: Workspace): void {
  const mapper = THRESHOLDS[workspace.name]?.byName ? ` --moduleNameMapper '${JSON.stringify(toSources(workspace.packageName))}'` : '';
  workspace.addTask('coverage', {
    description: 'Run the tests and measure what they run through',
    env: { PLIMSOLL_TEST_LEVEL: '' },
    // Measured, and on a busy machine, a test takes longer than it may otherwise.
    exec: `jest --ci --coverage --reporters=default --testTimeout=300000${mapper}`,
  });
}
