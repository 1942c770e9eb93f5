// Plants what the rules forbid and makes sure that lint finds it: a rule that stops working must not go unnoticed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CORE = 'packages/capacity-core/src/planted.ts';
const SCHEMAS = 'packages/event-schemas/src/planted.ts';
const LAMBDA = 'packages/capacity-lambda/src/planted.ts';

/** Where, what, and part of the finding that must appear. */
const PLANTED = [
  [CORE, "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n", 'noNodejsModules'],
  [CORE, "import { ECSClient } from '@aws-sdk/client-ecs';\nnew ECSClient({});\n", 'A pure package imports nothing'],
  [CORE, "import { parseEnvelope } from '@plimsoll/event-schemas';\nparseEnvelope(1);\n", 'A pure package imports nothing'],
  [CORE, 'export const now = Date.now();\n', 'no clock and no randomness'],
  [CORE, 'export const now = Date();\n', 'no clock and no randomness'],
  [CORE, 'export const chance = Math.random();\n', 'no clock and no randomness'],
  [CORE, 'export const home = process.env.HOME;\n', 'plain data'],
  [CORE, "void fetch('x');\n", 'plain data'],
  [SCHEMAS, "import { ECSClient } from '@aws-sdk/client-ecs';\nnew ECSClient({});\n", 'noUndeclaredDependencies'],
  [SCHEMAS, "import { exactCapacity } from '@plimsoll/capacity-core';\nexactCapacity([], []);\n", 'noUndeclaredDependencies'],
  [LAMBDA, "import { startLocalEndpoint } from '@plimsoll/simulator';\nvoid startLocalEndpoint();\n", 'noUndeclaredDependencies'],
  [LAMBDA, "export function fail(): never {\n  throw new Error('x');\n}\n", 'cannot be told apart'],
  [LAMBDA, "export const rejected = Promise.reject(new Error('x'));\n", 'cannot be told apart'],
  [LAMBDA, 'void 0;\n'.repeat(501), 'noExcessiveLinesPerFile'],
];

// In a copy of the configuration, so that no planted file is seen by what runs at the same time.
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-lint-'));
const missed = [];
try {
  cpSync('biome.jsonc', join(folder, 'biome.jsonc'));
  cpSync('projenrc/lint', join(folder, 'projenrc/lint'), { recursive: true });
  for (const [path, source, finding] of PLANTED) {
    const root = path.split('/').slice(0, 2).join('/');
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(join(root, 'package.json'), join(folder, root, 'package.json'));
    writeFileSync(join(folder, path), source);
    const { stdout, stderr } = spawnSync('biome', ['lint', '--vcs-enabled=false', path], { cwd: folder, encoding: 'utf8' });
    if (!`${stdout}${stderr}`.replace(/\s+/g, ' ').includes(finding)) missed.push([path, source, finding]);
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const [path, source, finding] of missed) console.error(`lint no longer finds "${finding}" in ${path}:\n${source.slice(0, 200)}`);
console.log(`${PLANTED.length - missed.length} of ${PLANTED.length} planted violations found`);
process.exitCode = missed.length > 0 ? 1 : 0;
