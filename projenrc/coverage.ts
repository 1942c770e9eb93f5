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
  /**
   * Test files, by name without `.test.ts`, that run apart and unmeasured: V8 measures every script that is loaded, whoever's it is, and
   * a compiler or a validator then takes many times its time.
   *
   * @default none
   */
  readonly apart?: readonly string[];
}

/**
 * Thresholds by package: two points or less below what was measured, so that a part without tests is noticed.
 *
 * Measured without recorded data, so that they hold for whoever has none. Only what runs inside jest counts: bundles, the program and
 * servers in processes of their own are tested, but not seen.
 */
const THRESHOLDS: Readonly<Record<string, Coverage>> = {
  'capacity-core': { statements: 95, branches: 93 },
  'capacity-lambda': { statements: 94, branches: 93 },
  'cfn-response': { statements: 93, branches: 95 },
  cli: { statements: 89, branches: 91 },
  constructs: { statements: 90, branches: 95, apart: ['readme', 'aws-checks'] },
  'event-schemas': { statements: 97, branches: 97, of: 'lib' },
  simulator: { statements: 94, branches: 91 },
  'task-runner-lambda': { statements: 84, branches: 90 },
};

/**
 * The apps are not measured: their tests start programs, and jest would see a third of the sample service run. Synthesis of the reference
 * deployment brings AWS's validator and cdk-nag into jest, which measured would take many times their time.
 */
const NOT_MEASURED = /^(?:example-|demo$|todobackend)/;

/** What a package that is not in the table must reach: a floor, until its own is measured. */
const DEFAULT: Coverage = { statements: 80, branches: 75 };

/** How jest measures a workspace; without effect on a run of some of its tests, which `run-tests.mjs` does not measure. */
export function coverageSettings(name: string): object {
  if (NOT_MEASURED.test(name)) return {};
  const { of = 'src', statements, branches } = THRESHOLDS[name] ?? DEFAULT;
  return {
    // Of the engine itself: the instrumented sources of the other provider are slower, and other code than what is shipped.
    coverageProvider: 'v8',
    collectCoverageFrom: [of === 'src' ? 'src/**/*.ts' : 'lib/**/*.js'],
    coverageDirectory: 'coverage',
    coverageReporters: ['text-summary', 'json-summary'],
    coverageThreshold: { global: { statements, branches } },
  };
}

/** The command that runs a workspace's tests. */
export function testCommand(name: string): string {
  const apart = (THRESHOLDS[name]?.apart ?? []).map((file) => ` --apart ${file}`);
  return `node ../../projenrc/scripts/run-tests.mjs${apart.join('')} --`;
}
