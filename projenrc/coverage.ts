/** Least share of statements and branches that a workspace's tests must run through, in percent. */
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
 * Thresholds by workspace: two points or less below what was measured, so that a part without tests is noticed.
 *
 * Measured without recorded data and with it, and set by the lesser. Only what runs inside jest counts: bundles, the program and servers
 * in processes of their own are tested, but not seen. So the examples, whose tests start their programs, have no threshold.
 */
const THRESHOLDS: Readonly<Record<string, Coverage>> = {
  'capacity-core': { statements: 94, branches: 92 },
  'capacity-lambda': { statements: 80, branches: 75 },
  'cfn-response': { statements: 92, branches: 94 },
  cli: { statements: 89, branches: 91 },
  constructs: { statements: 80, branches: 75 },
  'event-schemas': { statements: 96, branches: 96, of: 'lib' },
  simulator: { statements: 80, branches: 75 },
  'task-runner-lambda': { statements: 80, branches: 75 },
  demo: { statements: 40, branches: 40 },
  todobackend: { statements: 40, branches: 40 },
  'todobackend-stack': { statements: 40, branches: 40 },
};

/** Workspaces whose tests start programs and import next to nothing. */
const NOT_MEASURED = /^example-/;

/** What a workspace that is not in the table must reach: a floor, until its own is measured. */
const DEFAULT: Coverage = { statements: 80, branches: 75 };

/** How jest measures a workspace; without effect on a run of some of its tests, which `run-tests.mjs` does not measure. */
export function coverageSettings(name: string): object {
  if (NOT_MEASURED.test(name)) return {};
  const { of = 'src', ...threshold } = THRESHOLDS[name] ?? DEFAULT;
  return {
    // Of the engine itself: the instrumented sources of the other provider are slower, and other code than what is shipped.
    coverageProvider: 'v8',
    collectCoverageFrom: [of === 'src' ? 'src/**/*.ts' : 'lib/**/*.js'],
    coverageDirectory: 'coverage',
    coverageReporters: ['text-summary', 'json-summary'],
    coverageThreshold: { global: threshold },
  };
}
