import { JsonFile } from 'projen';
import { SITE } from './docs.ts';
import type { Monorepo } from './monorepo.ts';
import { nxRelease } from './release.ts';

/** Environment variables that change what tests do, and so belong to the cache key. */
const TEST_ENVIRONMENT = ['PLIMSOLL_SAMPLES', 'PLIMSOLL_TRACES', 'PLIMSOLL_TEST_LEVEL', 'PLIMSOLL_TEST_SEED', 'PLIMSOLL_TEST_RUNS'];

/** Lists which programs that some tests drive are installed: a run without them is another run. */
const INSTALLED_CLIENTS = 'command -v aws chromium mariadbd /usr/sbin/mariadbd /usr/bin/python3 || true';

/** How tests are run and measured. */
const RUN_TESTS = ['run-tests', 'coverage-shortfalls'].map((script) => `{workspaceRoot}/projenrc/scripts/${script}.mjs`);

/** Writes `nx.json`: what each target needs, reads and leaves behind. */
export function addNx(root: Monorepo): void {
  const compiled = { dependsOn: ['compile', '^compile'], inputs: ['production', '^production'] };
  new JsonFile(root, 'nx.json', {
    obj: {
      // Inside the clone: nx's own default is one folder shared by all clones of a user.
      cacheDirectory: '.nx/cache',
      analytics: false,
      neverConnectToCloud: true,
      useDaemonProcess: false,
      tui: { enabled: false },
      // One more than the two cores of CI: much of the tests' time is spent waiting for processes they have started.
      parallel: 3,
      defaultBase: 'main',
      release: nxRelease,
      namedInputs: {
        sharedGlobals: [
          '{workspaceRoot}/package-lock.json',
          '{workspaceRoot}/tsconfig.base.json',
          '{workspaceRoot}/projenrc/scripts/bundle-handler.mjs',
          { runtime: 'node --version' },
        ],
        default: ['{projectRoot}/**/*', '!{projectRoot}/{lib,dist,bundle,assets,cdk.out,coverage,test-reports}/**/*', 'sharedGlobals'],
        production: ['default', '!{projectRoot}/test/**/*', '!{projectRoot}/benchmarks/**/*', '!{projectRoot}/etc/**/*'],
        testEnvironment: [...TEST_ENVIRONMENT.map((env) => ({ env })), { runtime: INSTALLED_CLIENTS }, ...RUN_TESTS],
      },
      targetDefaults: {
        compile: { cache: true, dependsOn: ['^compile'], inputs: ['production', '^production'], outputs: ['{projectRoot}/lib'] },
        bundle: {
          ...compiled,
          cache: true,
          outputs: ['{projectRoot}/bundle'],
        },
        lint: { cache: true, inputs: ['default', '{workspaceRoot}/biome.jsonc', '{workspaceRoot}/projenrc/lint/*'] },
        test: {
          cache: true,
          dependsOn: ['compile', '^compile', 'bundle', '^bundle'],
          inputs: ['default', '^production', 'testEnvironment'],
          outputs: ['{projectRoot}/test-reports', '{projectRoot}/coverage'],
        },
        package: { ...compiled, cache: true, dependsOn: ['compile', '^compile', 'bundle'], outputs: ['{projectRoot}/dist'] },
        api: {
          cache: true,
          dependsOn: ['compile', '^compile'],
          inputs: ['default', '^production', '{workspaceRoot}/projenrc/scripts/api-report.mjs'],
        },
        'api:update': { cache: false, dependsOn: ['compile', '^compile'] },
        packed: {
          cache: true,
          dependsOn: ['package'],
          inputs: [
            { dependentTasksOutputFiles: '**/*.tgz' },
            '{projectRoot}/package.json',
            '{workspaceRoot}/projenrc/scripts/check-packed.mjs',
            '{workspaceRoot}/projenrc/scripts/packed/*',
            'sharedGlobals',
          ],
        },
        mutate: { cache: false, dependsOn: ['^compile'] },
        bench: { cache: false, dependsOn: ['compile', '^compile', 'bundle', '^bundle'] },
      },
    },
  });
  // The root is a project of its own for lint of everything, the planted faults and the API site; without this list its scripts would call nx again.
  root.package.addField('nx', () => ({
    includedScripts: ['lint:all', 'gates', 'guards', 'docs:api', 'reference', 'commands'],
    targets: {
      'lint:all': {
        // Reads all of the tree, in some ten seconds.
        cache: false,
        // So that whatever lints everything also holds the documents to the code.
        dependsOn: ['reference'],
      },
      reference: {
        cache: true,
        // The program's own parser tells its options.
        dependsOn: [{ target: 'compile', projects: [`${root.scope}/cli`] }],
        inputs: [
          '{workspaceRoot}/{apps,packages,projenrc}/*/{src,test,benchmarks}/**/*',
          '{workspaceRoot}/{apps,packages,projenrc}/*/package.json',
          '{workspaceRoot}/.projen/tasks.json',
          '{workspaceRoot}/{apps,packages,projenrc}/*/.projen/tasks.json',
          '{workspaceRoot}/projenrc/**/*',
          '!{workspaceRoot}/projenrc/test-support/{lib,test-reports,coverage}/**/*',
          '{workspaceRoot}/docs/**/*.md',
          '{workspaceRoot}/*.md',
          '{workspaceRoot}/apps/*/README.md',
          '{workspaceRoot}/.ci/*',
          'sharedGlobals',
        ],
      },
      commands: {
        cache: true,
        dependsOn: [{ target: 'compile', projects: [`${root.scope}/cli`] }],
        inputs: [
          '{workspaceRoot}/{apps,packages}/*/{src,test,bin}/**/*',
          '{workspaceRoot}/{apps,packages}/*/*.json',
          '{workspaceRoot}/.projen/tasks.json',
          '{workspaceRoot}/{apps,packages}/*/.projen/tasks.json',
          '{workspaceRoot}/projenrc/**/*',
          '!{workspaceRoot}/projenrc/test-support/{lib,test-reports,coverage}/**/*',
          '{workspaceRoot}/docs/**/*.md',
          '{workspaceRoot}/*.md',
          '{workspaceRoot}/apps/*/README.md',
          '{workspaceRoot}/biome.jsonc',
          '{workspaceRoot}/.ci/*',
          'testEnvironment',
          'sharedGlobals',
        ],
      },
      // Reads all of the tree, in a few seconds.
      gates: { cache: false },
      guards: { cache: true, inputs: ['{workspaceRoot}/projenrc/scripts/**/*', 'sharedGlobals'] },
      'docs:api': {
        cache: true,
        dependsOn: [
          { target: 'compile', projects: [...root.libraries.map((library) => library.packageName), `${root.scope}/test-support`] },
        ],
        inputs: [
          '{workspaceRoot}/packages/*/{src,bin,schemas,benchmarks}/**/*',
          '{workspaceRoot}/projenrc/test-support/src/browser.ts',
          '{workspaceRoot}/*.md',
          // The pages name tasks, benchmarks and subpaths.
          '{workspaceRoot}/.projen/tasks.json',
          '{workspaceRoot}/{apps,packages}/*/.projen/tasks.json',
          '{workspaceRoot}/packages/*/package.json',
          '{workspaceRoot}/docs/**/*',
          `!{workspaceRoot}/${SITE}/**/*`,
          '{workspaceRoot}/projenrc/site/**/*',
          '{workspaceRoot}/{apps,packages}/*/*.md',
          '{workspaceRoot}/packages/*/docs/*.md',
          '{workspaceRoot}/**/typedoc*.json',
          '{workspaceRoot}/projenrc/scripts/check-site.mjs',
          'testEnvironment',
          'sharedGlobals',
        ],
        outputs: [`{workspaceRoot}/${SITE}`],
      },
    },
  }));
}
