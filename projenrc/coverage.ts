/** Least share of statements and branches that a package's tests must run through, in percent. */
interface Coverage {
  readonly statements: number;
  readonly branches: number;
  /**
   * What the tests import: the sources, or what was compiled of them, by the package's name as its users do.
   *
   * @default 'src'
   */
  readonly of?: 'src' | 'lib';
}

/**
 * Thresholds by package: two points or less below what was measured, so that a part without tests is noticed.
 *
 * Measured without recorded data, so that they hold for whoever has none. Only what runs inside jest counts: bundles, the program and
 * servers in processes of their own are tested, but not seen.
 */
const THRESHOLDS: Readonly<Record<string, Coverage>> = {
  'capacity-core': { statements: 98, branches: 91 },
  'capacity-lambda': { statements: 89, branches: 86 },
  'cfn-response': { statements: 98, branches: 94 },
  cli: { statements: 87, branches: 80 },
  constructs: { statements: 97, branches: 95 },
  'event-schemas': { statements: 95, branches: 97, of: 'lib' },
  simulator: { statements: 94, branches: 88 },
  'task-runner-lambda': { statements: 88, branches: 85 },
};

/** The apps: their tests start programs, and jest would see a third of the sample service run. What tests share is run by them. */
const NOT_MEASURED = /^(?:example-|demo$|todobackend|test-support$)/;

/** What a package that is not in the table must reach: a floor, until its own is measured. */
const DEFAULT: Coverage = { statements: 80, branches: 75 };

/** How jest measures a workspace; without effect on a run of some of its tests, which `run-tests.mjs` does not measure. */
export function coverageSettings(name: string): object {
  if (NOT_MEASURED.test(name)) return {};
  const { of = 'src', statements, branches } = THRESHOLDS[name] ?? DEFAULT;
  return {
    // Instruments what is counted, and nothing else. The engine's own measure, v8, covers every script that is loaded, compilers and the
    // CDK among them, and takes far longer.
    coverageProvider: 'babel',
    collectCoverageFrom: [of === 'src' ? 'src/**/*.ts' : 'lib/**/*.js'],
    coverageDirectory: 'coverage',
    coverageReporters: ['text-summary', 'json-summary'],
    coverageThreshold: { global: { statements, branches } },
  };
}
