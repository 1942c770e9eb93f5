import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { jestExpect } from '@jest/expect';
import { declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import * as circus from 'jest-circus';

/** Where the instrumented code looks for the fault to show. */
const CONTEXT = '__stryker__';
/** Tests that try many cases: run last, since most faults fall to a table of cases. */
const SLOW = '.property.test.js';

/** Tests left out, by file and name. */
const WITHOUT = new RegExp(process.env.PLIMSOLL_MUTATE_WITHOUT ?? '(?!)');

const require = createRequire(join(process.cwd(), 'package.json'));

/**
 * Runs Jest's tests in one process, without Jest's own runner: that needs a second for each fault, and a package has thousands.
 *
 * The tests are what `tsc` made of them. For each fault the code and the tests that reach it are loaded anew, so that nothing one fault
 * left in memory decides about the next, and the first test that fails ends the run.
 */
class CircusRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
    Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect: jestExpect });
    globalThis[CONTEXT] ??= {};
  }

  async dryRun() {
    const context = globalThis[CONTEXT];
    const tests = [];
    for (const test of testsOf(testFiles())) {
      context.currentTestId = test.id;
      tests.push(await resultOf(test));
      context.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: context.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }) {
    const context = globalThis[CONTEXT];
    const wanted = testFilter && new Set(testFilter);
    const files = wanted ? testFiles().filter((file) => testFilter.some((id) => id.startsWith(`${file}:`))) : testFiles();
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit ? 0 : undefined;
    context.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    try {
      const results = [];
      for (const test of testsOf(files)) {
        if (wanted && !wanted.has(test.id)) continue;
        context.activeMutant = activeMutant.id;
        const result = await resultOf(test);
        results.push(result);
        if (result.status === TestStatus.Failed && !disableBail) break;
      }
      const outcome = determineHitLimitReached(context.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests: results };
      return toMutantRunResult(outcome, disableBail);
    } finally {
      context.activeMutant = undefined;
      context.hitLimit = undefined;
      context.hitCount = undefined;
    }
  }
}

/** Every compiled test file, those of tables of cases before those that try many. */
function testFiles() {
  const files = globSync('test/**/*.test.js').sort();
  return [...files.filter((file) => !file.endsWith(SLOW)), ...files.filter((file) => file.endsWith(SLOW))];
}

/** The tests of some files, loaded one by one as they are asked for; what an earlier run loaded is forgotten. */
function* testsOf(files) {
  forgetModules();
  for (const file of files) {
    circus.resetState();
    require(join(process.cwd(), file));
    yield* testsIn(circus.getState().rootDescribeBlock, { file, names: [], before: [] });
  }
}

function forgetModules() {
  for (const name of Object.keys(require.cache))
    if (name.startsWith(process.cwd() + sep) && !name.includes(`${sep}node_modules${sep}`)) delete require.cache[name];
}

function* testsIn(block, { file, names, before }) {
  const hooks = [...before, ...block.hooks.map(({ type, fn }) => (type === 'beforeEach' ? fn : unsupported(file, type)))];
  for (const child of block.children) {
    const path = [...names, child.name];
    if (child.type === 'describeBlock') yield* testsIn(child, { file, names: path, before: hooks });
    else if (child.mode !== 'skip' && child.mode !== 'todo')
      yield* known({ file, id: `${file}: ${path.join(' ')}`, fn: child.fn, before: hooks });
  }
}

/** Leaves out the tests of documents, which the copy of the package that holds the faults has not, or has not as they are. */
function known(test) {
  return WITHOUT.test(test.id) ? [] : [test];
}

function unsupported(file, type) {
  throw new TypeError(`${file} has a hook ${type}, which this runner does not run: use beforeEach`);
}

async function resultOf({ file, id, fn, before }) {
  const start = performance.now();
  // Its source: where that changes, what was found before is tried again.
  const result = { id, name: id, fileName: join(process.cwd(), file.replace(/\.js$/, '.ts')) };
  try {
    for (const run of [...before, fn]) await run();
    return { ...result, status: TestStatus.Success, timeSpentMs: performance.now() - start };
  } catch (error) {
    return {
      ...result,
      status: TestStatus.Failed,
      timeSpentMs: performance.now() - start,
      failureMessage: String(error?.message ?? error),
    };
  }
}

/** What Stryker loads. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'circus', circusRunner)];

function circusRunner() {
  return new CircusRunner();
}
circusRunner.inject = tokens();
