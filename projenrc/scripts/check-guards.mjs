// Plants faults and makes sure that api-report.mjs, check-packed.mjs and the gates find each: a guard that stops working must not go
// unnoticed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { GATE_FAULTS } from './planted/gates.mjs';

const SCRIPTS = import.meta.dirname;

/** What must be found, as the beginning of a line or a part of one. */
const FINDINGS = {
  'api-report.mjs': [
    'The symbol "Forgotten" needs to be exported',
    'etc/index.api.md is out of date',
    'etc/extra.api.md is missing',
    'etc/left.api.md is the report of a subpath that is no longer exported',
    '"npx projen api:update"',
  ],
  'check-packed.mjs': [
    'FAIL holds LICENSE',
    'FAIL holds every file',
    'FAIL holds something of all that "files" lists',
    '"files" lists assets, of which there is nothing',
    'FAIL holds nothing else',
    'FAIL has no script that runs on installation',
    'FAIL has no dependencies',
    'FAIL leaks no secret',
    'lib/index.js holds an AWS access key',
    'lib/index.js holds an account other than',
    'lib/index.js holds a path of this machine',
    'unpackedBytes: ',
    'FAIL @planted/package from an ES module',
    'FAIL @planted/package/extra from CommonJS',
    'FAIL types under node16, .cts and .mts',
    'FAIL types under nodenext, .cts and .mts',
    'FAIL types under bundler',
    'FAIL types under node10',
    'FAIL publint',
    'FAIL are the types wrong?',
    'lib/index.test.js',
    'lib/tsconfig.tsbuildinfo',
  ],
};

/** Whether the finding is about the tarball itself, which needs no installation. */
function isOfContents(finding) {
  return !/types under|from an ES module|from CommonJS|no dependencies/.test(finding);
}

/** Made up here, so that no file of the repository holds their like. */
const SECRETS = [`AKIA${'A1B2'.repeat(4)}`, `arn:aws:ecs:us-east-1:${'12345'.repeat(2)}99:cluster/a`];

/** A package with everything wrong that the guards look for. */
function plant(folder) {
  const entry = (name) => ({ types: `./lib/${name}.d.ts`, default: `./lib/${name}.js` });
  const manifest = {
    name: '@planted/package',
    version: '0.0.0',
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    exports: { '.': entry('index'), './extra': entry('extra'), './package.json': './package.json' },
    // The second was never made.
    files: ['lib', 'assets'],
    scripts: { postinstall: 'node --version' },
    peerDependencies: { other: '^1.0.0' },
    // So that it installs nonetheless.
    peerDependenciesMeta: { other: { optional: true } },
  };
  const files = {
    'package.json': JSON.stringify(manifest),
    'README.md': '# Planted\n',
    'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'node20', types: [] } }),
    // Exports what an ES module cannot see, and holds what must not be published.
    'lib/index.js': `for (const name of ['present']) exports[name] = '${resolve(folder, '../..', 'packages')} ${SECRETS.join(' ')}';\n`,
    'lib/big.js': `exports.big = '${'.'.repeat(3_000_000)}';\n`,
    'lib/index.d.ts': 'interface Forgotten { readonly a: string }\nexport declare const absent: Forgotten;\nexport {};\n',
    'lib/index.test.js': '',
    'lib/tsconfig.tsbuildinfo': '{}',
    'lib/extra.d.ts': 'export declare const extra: string;\n',
    'etc/index.api.md': '## API\n',
    'etc/left.api.md': '## API\n',
  };
  writeAll(folder, files);
}

function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Without what tells the scripts of the length of this run, or of data it has: what is planted has neither. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PLIMSOLL_')));

function outputOf(script, cwd, args) {
  const options = { cwd, env: ENVIRONMENT, encoding: 'utf8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SCRIPTS, script), ...args], options);
  return { status, output: `${stdout}${stderr}` };
}

const home = mkdtempSync(join(tmpdir(), 'plimsoll-guards-'));
const missed = [];
let planted = 0;

function expectFindings(script, folder, findings, { args = [], expected = 1 } = {}) {
  const { status, output } = outputOf(script, folder, args);
  planted += findings.length + 1;
  if (status !== expected) missed.push(`${script} ends with status ${status} where it must be ${expected}:\n${output}`);
  for (const finding of findings) if (!output.includes(finding)) missed.push(`${script} no longer finds "${finding}"`);
}

try {
  const folder = join(home, 'packages/package');
  plant(folder);
  expectFindings('api-report.mjs', folder, FINDINGS['api-report.mjs']);
  expectFindings('check-packed.mjs', folder, ['0 tarballs in dist/js where there must be 1']);
  expectFindings('check-packed.mjs', folder, ['0 tarballs in dist/js where there must be 1'], { args: ['--install'] });
  mkdirSync(join(folder, 'dist/js'), { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', 'dist/js'], { cwd: folder, stdio: 'pipe' });
  expectFindings('check-packed.mjs', folder, FINDINGS['check-packed.mjs'], { args: ['--install'] });
  // A package with dependencies is not installed; what it holds is looked at all the same.
  expectFindings('check-packed.mjs', folder, FINDINGS['check-packed.mjs'].filter(isOfContents));
  for (const { script, args, files, prepare, status, says } of GATE_FAULTS) {
    const own = join(home, script);
    writeAll(own, files);
    prepare?.(own);
    expectFindings(script, own, says, { args, expected: status });
  }
} finally {
  rmSync(home, { recursive: true });
}
for (const line of missed) console.error(line);
console.log(`${planted - missed.length} of ${planted} planted faults found`);
process.exitCode = missed.length > 0 ? 1 : 0;
