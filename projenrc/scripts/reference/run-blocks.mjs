// Runs the `sh` blocks of documents as a reader would, with nothing outside this machine.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainEnvironment } from '../packed/install.mjs';

/** Milliseconds after which a block has hung. */
const LONGEST = 300_000;

/** What is run in full by something else of an ordinary run: the command, and the file and the words in it that run it. */
const RUN_BY = [
  { command: 'npm ci', file: '.ci/run', words: 'npm ci &&' },
  { command: 'npx projen test', file: '.ci/run', words: '&& npx projen test' },
  { command: 'npx projen demo', file: 'apps/demo/test/demo.test.ts', words: "run(['--html'" },
  { command: 'npx projen demo -- --fail-migration', file: 'apps/demo/test/demo.test.ts', words: "run(['--', '--fail-migration'" },
  { command: 'npx projen lint', file: '.projen/tasks.json', words: '--targets=lint:all,' },
];

/** What is wrong with a block that no mark has run: each of its commands must be run by something else. */
export function problemsOfUnrun({ commands }) {
  return commands.flatMap(({ line, words }) => {
    const command = words.join(' ');
    const by = RUN_BY.find((known) => known.command === command);
    if (by === undefined) return [`${line} nothing runs "${command}": put a mark before its block, or name in run-blocks.mjs what runs it`];
    return readFileSync(by.file, 'utf8').includes(by.words) ? [] : [`${line} ${by.file} no longer runs "${command}"`];
  });
}

/** Places that a block can be run in, by the word of its mark: `<!-- run -->` in the repository, `<!-- run: cluster -->` elsewhere. */
export const STAGES = { repository: inRepository, cluster: withCluster };

/**
 * Runs one block.
 *
 * @returns `{ problem }` where it does not end with status 0, `{ missing }` where a program is not installed, else `{}`
 */
export async function runBlock(block, root) {
  const missing = programsMissing(block);
  if (missing.length > 0) return { missing: `${missing.join(', ')} is not installed` };
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-block-'));
  try {
    return await STAGES[block.stage](block.text, { root, home });
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Programs of AWS's users that a machine need not have. */
function programsMissing({ commands }) {
  const used = new Set(commands.map(({ words }) => words[0]).filter((name) => name === 'aws'));
  return [...used].filter((name) => spawnSync(name, ['--version']).error !== undefined);
}

/** At the root; reports of tests go elsewhere, since those of the whole run are counted. */
function inRepository(text, { root, home }) {
  return runShell(text, { cwd: root, env: { JEST_JUNIT_OUTPUT_DIR: home } });
}

/** ECS's CPU units and MiB of each host. */
const HOST = { CPU: 2048, MEMORY: 3768 };

/**
 * In an empty folder, by someone whose credentials open a cluster named production: two empty hosts of the local endpoint.
 *
 * The aws CLI is given the endpoint as an option: old ones do not read it from the environment.
 */
async function withCluster(text, { root, home }) {
  const { default: simulator } = await import(pathToFileURL(join(root, 'packages/simulator/lib/index.js')).href);
  const endpoint = await simulator.startLocalEndpoint();
  try {
    endpoint.ecs('CreateCluster', { clusterName: 'production' });
    const totalResources = Object.entries(HOST).map(([name, integerValue]) => ({ name, type: 'INTEGER', integerValue }));
    for (let host = 0; host < 2; host += 1) endpoint.ecs('RegisterContainerInstance', { cluster: 'production', totalResources });
    const programs = join(home, 'bin');
    const cwd = join(home, 'work');
    for (const folder of [programs, cwd]) mkdirSync(folder);
    // Where `npx` looks, as it would in a project that has installed the program.
    symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
    const aws = `#!/bin/sh\nexport PATH="$PATH_BEFORE"\nexec aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`;
    writeFileSync(join(programs, 'aws'), aws, { mode: 0o755 });
    const env = { ...endpoint.environment, PATH: `${programs}:${process.env.PATH}`, PATH_BEFORE: process.env.PATH };
    const outcome = await runShell(text, { cwd, env });
    return outcome.problem === undefined && endpoint.calls().length === 0 ? { problem: 'asks the cluster nothing' } : outcome;
  } finally {
    await endpoint.close();
  }
}

/** The environment of a reader, who has set nothing for tests. */
function readersEnvironment() {
  return Object.fromEntries(Object.entries(plainEnvironment()).filter(([name]) => !name.startsWith('PLIMSOLL_')));
}

/** Runs a text in bash to its end: a failure anywhere in it is one, and what is printed last tells why. */
async function runShell(text, { cwd, env }) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', text], {
    cwd,
    env: { ...readersEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST,
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => said.push(part));
  const ended = await new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', (status, signal) => resolve(signal ?? status));
  });
  return ended === 0 ? {} : { problem: `ends with ${ended}: ${said.join('').trim().slice(-2000)}` };
}
