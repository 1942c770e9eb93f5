// Holds the commands of the documents to what there is: every task, file, program and option that a fenced `sh` block names must exist.
// A block behind `<!-- run -->` is run, too. Mistakes of each kind are planted first, so that a check that finds nothing is noticed.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProgram, problemsOfCall } from './reference/command-line.mjs';
import { firstColumn } from './reference/markdown.mjs';
import { shellBlocks } from './reference/shell-blocks.mjs';

const ROOT = join(import.meta.dirname, '../..');
process.chdir(ROOT);

/** Programs of a machine, or of an AWS user, that nothing here can look into. */
const ELSEWHERE = ['aws', 'curl', 'docker', 'export', 'git', 'tail', 'xargs'];
const NPM = ['ci', 'install'];
const program = await describeProgram(ROOT);
const variables = firstColumn(readFileSync('docs/reference/environment.md', 'utf8'));

/** What is wrong with a page's commands, one line each. */
function problemsOf(page, text) {
  return shellBlocks(text).flatMap(({ commands }) =>
    commands.flatMap((command) =>
      [...wrongVariables(command), ...wrongWords(command)].map((problem) => `${page}:${command.line} ${problem}`),
    ),
  );
}

function wrongVariables(command) {
  return command.variables
    .filter((name) => name.startsWith('PLIMSOLL_') && !variables.has(name))
    .map((name) => `no variable is named ${name}`);
}

function wrongWords({ folder, words: [name, ...words] }) {
  switch (name) {
    case 'cd':
      return existsSync(words[0] ?? '') ? [] : [`there is no folder ${words[0]}`];
    case 'npm':
      return NPM.includes(words[0]) ? [] : [`npm ${words[0]} is none of ${NPM.join(', ')}`];
    case 'node':
      return wrongFile(folder, words[0] ?? '');
    case 'npx':
      return wrongNpx(folder, words);
    case 'plimsoll':
      return problemsOfCall(program, words);
    default:
      return ELSEWHERE.includes(name) ? [] : [`${name} is no program that documents use: add it to this check if it is to be`];
  }
}

function wrongNpx(folder, [name, ...words]) {
  if (name === 'projen') return wrongTask(folder, words);
  if (name === 'plimsoll') return problemsOfCall(program, words);
  if (name === 'nx') return wrongTargets(words);
  if (!existsSync(join('node_modules/.bin', name ?? ''))) return [`npx finds no ${name}`];
  return wrongTestFiles(folder, words);
}

function wrongTask(folder, [task = 'default', ...words]) {
  const file = join(folder, '.projen/tasks.json');
  const tasks = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).tasks : {};
  return task in tasks ? wrongTestFiles(folder, words) : [`npx projen ${task} is no task of ${folder}`];
}

function wrongTestFiles(folder, words) {
  return words
    .filter((word) => /\.test\.ts$/.test(word) && !existsSync(join(folder, word)))
    .map((word) => `there is no test ${folder}/${word}`);
}

function wrongTargets(words) {
  const targets = words.flatMap((word, index) => (words[index - 1] === '-t' ? word.split(',') : []));
  const known = globSync('{.,packages/*,apps/*,projenrc/*}/.projen/tasks.json').flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(file, 'utf8')).tasks),
  );
  return targets.filter((target) => !known.includes(target)).map((target) => `no workspace has the target ${target}`);
}

/** A compiled file need not be there yet: its source must. */
function wrongFile(folder, file) {
  const source = file.replace(/\/lib\/(.*)\.js$/, '/src/$1.ts');
  return existsSync(join(folder, file)) || existsSync(join(folder, source)) ? [] : [`there is no file ${join(folder, file)}`];
}

const PLANTED = [
  ['npx projen tset', 'npx projen tset is no task'],
  ['cd packages/cli && npx projen test test/none.test.ts', 'there is no test'],
  ['cd packages/none', 'there is no folder'],
  ['node apps/demo/lib/none.js', 'there is no file'],
  ['npx plimsoll capacity --snapshoot x', 'has no option --snapshoot'],
  ['plimsoll count', 'has no command count'],
  ['npx nx run-many -t lnit', 'no workspace has the target'],
  ['npx none', 'npx finds no none'],
  ['PLIMSOLL_0=1 npx projen test', 'no variable is named'],
  ['make', 'is no program'],
];

const problems = PLANTED.filter(
  ([line, finding]) => !problemsOf('planted', `\`\`\`sh\n${line}\n\`\`\`\n`).some((problem) => problem.includes(finding)),
).map(([line]) => `this check did not find what is wrong with "${line}"`);
let commands = 0;
let ran = 0;
for (const page of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('apps/*/README.md').sort()]) {
  const text = readFileSync(page, 'utf8');
  problems.push(...problemsOf(page, text));
  for (const block of shellBlocks(text)) {
    commands += block.commands.length;
    if (!block.run) continue;
    ran += 1;
    const { status, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', block.text], { encoding: 'utf8', timeout: 300_000 });
    if (status !== 0) problems.push(`${page}:${block.line} ends with ${status}: ${stderr.trim()}`);
  }
}
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `${commands} commands name what there is, ${ran} blocks ran` : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
