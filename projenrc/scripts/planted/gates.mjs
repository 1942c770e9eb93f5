// Faults for the gates of the repository as a whole: what is planted, which script must find it, and the words it must say.
import { execFileSync } from 'node:child_process';

const WORKFLOW = `
name: build
on: { pull_request_target: {} }
permissions: { contents: write }
jobs:
  build:
    runs-on: ubuntu-24.04
    permissions: { contents: write }
    steps:
      - name: tag
        uses: actions/checkout@v4
      - name: no version
        uses: actions/setup-node@${'0123456789'.repeat(4)}
      - name: injected
        run: echo \${{ github.event.pull_request.title }}
      - name: unlocked
        run: npm add left-pad
        env: { TOKEN: '\${{ secrets.NPM_TOKEN }}' }
      - name: handed in
        uses: actions/github-script@${'0123456789'.repeat(4)} # v1.0.0
        with: { github-token: "\${{ secrets['PAT'] }}" }
  extra:
    runs-on: [self-hosted]
    env: { KEY: '\${{ secrets.KEY }}' }
    steps: [{ name: flow, uses: actions/cache@v4 }, { name: quoted, "uses": 'somebody/else@main' }]
`;

const LOCK = {
  packages: {
    '': {},
    'node_modules/good': { version: '1.0.0', license: '(MIT OR GPL-3.0-or-later)' },
    'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0-or-later', dev: true },
    'node_modules/copyleft': { version: '1.0.0', license: 'GPL-3.0-or-later' },
    'node_modules/both': { version: '1.0.0', license: 'MIT AND GPL-3.0-or-later' },
    'node_modules/a/node_modules/silent': { version: '1.0.0' },
  },
};

const manifest = (name, fields) => JSON.stringify({ name: `@planted/${name}`, ...fields });

const WORKSPACES = {
  'package.json': JSON.stringify({
    workspaces: ['packages/capacity-core', 'packages/simulator', 'packages/unheard-of', 'apps/demo', 'projenrc/shared'],
  }),
  'packages/capacity-core/package.json': manifest('capacity-core', {
    dependencies: { valibot: '1.0.0' },
    devDependencies: { '@planted/shared': '^0.0.0' },
  }),
  'packages/simulator/package.json': manifest('simulator', {
    dependencies: { '@planted/demo': '^0.0.0', '@planted/shared': '^0.0.0', 'aws-cdk-lib': '2.0.0' },
    devDependencies: { '@planted/unheard-of': '^0.0.0' },
    peerDependencies: { react: '^19.0.0' },
  }),
  'packages/unheard-of/package.json': manifest('unheard-of', {}),
  'apps/demo/package.json': manifest('demo', { private: true, dependencies: { '@planted/shared': '^0.0.0' } }),
  'projenrc/shared/package.json': manifest('shared', { devDependencies: { '@planted/simulator': '^0.0.0' } }),
};

/** Two generated files: one that somebody edited, and one that was never committed. */
const SYNTHESIS = `import { writeFileSync } from 'node:fs';
for (const name of ['edited', 'missing', 'same']) writeFileSync(name + '.json', JSON.stringify({ name }) + '\\n');
`;

const JUNIT = `<testsuites>
<testsuite name="a" tests="3" failures="1" errors="0" skipped="0" time="1">
<testcase name="adds up" time="1"><failure>expected 1 &lt; 0</failure></testcase>
</testsuite>
</testsuites>
`;

const MEASURED = JSON.stringify({ coverageDirectory: 'coverage', coverageThreshold: { global: { statements: 90, branches: 80 } } });

/** Three workspaces: a test failed and too little was run through; nothing was measured; nothing was run. */
const COUNTED = {
  'package.json': JSON.stringify({ workspaces: ['a', 'b', 'c'] }),
  'a/jest.config.json': MEASURED,
  'a/test-reports/junit.xml': JUNIT,
  'a/coverage/coverage-summary.json': JSON.stringify({ total: { statements: { pct: 89.9 }, branches: { pct: 80 } } }),
  'b/jest.config.json': MEASURED,
  'b/test-reports/junit.xml': JUNIT,
  'c/jest.config.json': MEASURED,
  'c/test/c.test.ts': '',
};

const VERSIONS = `export const versions = {
  alone: 'alone@1.2.3',
  major: 'major@1.2.3',
  zero: 'zero@0.2.3',
  first: '@family/first@3.1.0',
  second: '@family/second@3.1.0',
  range: 'range@^5.0.0',
};
`;

const OUTDATED = {
  alone: { latest: '1.10.0' },
  major: { latest: '2.0.0' },
  zero: [{ latest: '0.3.0' }, { latest: '0.3.0' }],
  '@family/first': { latest: '3.2.0' },
  range: { latest: '5.4.0' },
};

/** Script, its arguments, files of the folder it runs in, the status it must end with, and what it must say. */
export const GATE_FAULTS = [
  {
    script: 'check-workflows.mjs',
    args: ['workflows'],
    files: { 'workflows/build.yml': WORKFLOW },
    status: 1,
    says: [
      '"uses: actions/checkout@v4" is not pinned',
      'actions/setup-node@0123456789012345678901234567890123456789" is not pinned',
      '"actions/cache@v4" is used, but on no line of its own',
      '"somebody/else@main" is used, but on no line of its own',
      '"somebody/else@main" is of others than GitHub',
      'build/extra: runs on ["self-hosted"] where ubuntu-24.04 is meant',
      'is run by pull_request_target',
      'has rights of its own',
      'build/build: has the rights',
      'build/build: has no timeout-minutes',
      '"tag" leaves credentials',
      '"injected" puts an expression into a command',
      '"unlocked" installs what no lock file says',
      `"env: { TOKEN: '\${{ secrets.NPM_TOKEN }}' }" uses a secret`,
      `"with: { github-token: "\${{ secrets['PAT'] }}" }" uses a secret`,
      `"env: { KEY: '\${{ secrets.KEY }}' }" uses a secret`,
      'build/extra: no rights are listed',
    ],
  },
  {
    script: 'check-licences.mjs',
    args: [],
    files: { 'package-lock.json': JSON.stringify(LOCK) },
    status: 1,
    says: ['copyleft 1.0.0 is under', 'both 1.0.0 is under', 'silent 1.0.0 names no licence', '4 packages, 3 findings'],
  },
  {
    script: 'check-dependencies.mjs',
    args: [],
    files: WORKSPACES,
    status: 1,
    says: [
      'packages/capacity-core is a leaf, but depends on valibot',
      'packages/simulator must not depend on @planted/demo',
      'packages/simulator depends on the app @planted/demo',
      'packages/simulator must not depend on @planted/shared',
      'packages/simulator must not be tested with @planted/unheard-of',
      'packages/simulator must not ask its users for react',
      'packages/simulator depends on aws-cdk-lib',
      'packages/unheard-of is not in the list',
      'apps/demo must not depend on @planted/shared',
      'projenrc/shared is not private',
      'projenrc/shared is shared by all tests, but depends on @planted/simulator',
      '8 packages, 11 findings',
    ],
  },
  {
    script: 'check-sizes.mjs',
    args: [],
    files: { 'long.md': 'line\n'.repeat(501), 'most.md': 'line\n'.repeat(500), 'data.json': '\n'.repeat(9999) },
    prepare: (folder) => execFileSync('git', ['init', '--quiet'], { cwd: folder }),
    status: 1,
    says: ['long.md has 501 lines', '2 files, 1 findings'],
  },
  {
    script: 'check-synth.mjs',
    args: [],
    files: { '.projenrc.ts': SYNTHESIS, 'edited.json': '{"name":"other"}\n', 'same.json': '{"name":"same"}\n' },
    prepare: (folder) => execFileSync('git', ['init', '--quiet'], { cwd: folder }),
    status: 1,
    says: [
      'edited.json is not as .projenrc.ts generates it',
      'missing.json is not as .projenrc.ts generates it',
      '4 files, 2 changed by "npx projen"',
    ],
  },
  {
    script: 'count-tests.mjs',
    args: ['--status', '1'],
    files: COUNTED,
    status: 1,
    says: [
      'a: 3 tests, 1 failed, 0 skipped',
      'failed: adds up\n    expected 1 < 0',
      'a: tests run through 89.9 % of statements where 90 % is the least',
      'b: coverage was not measured',
      'c: no report, though it has tests',
      '4 passed, 5 failed',
    ],
  },
  {
    script: 'release/publish.mjs',
    args: [],
    files: { 'dist/release/release.json': JSON.stringify({ version: '1.0.0', packages: [] }) },
    status: 1,
    says: ['dist/release/release.json names no package: prepare the release again'],
  },
  {
    script: 'upgrade-versions.mjs',
    args: ['--outdated', 'outdated.json'],
    files: { 'projenrc/versions.ts': VERSIONS, 'outdated.json': JSON.stringify(OUTDATED) },
    status: 0,
    says: [
      'raised alone 1.2.3 -> 1.10.0',
      'raised range 5.0.0 -> 5.4.0',
      'left   major 1.2.3: 2.0.0 is another major version',
      'left   zero 0.2.3: 0.3.0 is another major version',
      'left   @family/first 3.1.0: 3.2.0 is not out for all',
      '2 raised, 3 left',
    ],
  },
];
