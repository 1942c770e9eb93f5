// Holds the commands of the documents to what there is: every task, file, program and option that a fenced `sh` block names must exist.
//
//   node projenrc/scripts/check-commands.mjs [--run]
//
// --run runs the blocks that have a mark, too. Those of README and CONTRIBUTING all have one, or run-blocks.mjs names what runs their
// commands. Mistakes of each kind are planted first, so that a check that finds nothing is noticed.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeProgram, problemsOfCall } from './reference/command-line.mjs';
import { firstColumn } from './reference/markdown.mjs';
import { problemsOfUnrun, runBlock, STAGES } from './reference/run-blocks.mjs';
import { shellBlocks } from './reference/shell-blocks.mjs';

const ROOT = join(import.meta.dirname, '../..');
process.chdir(ROOT);

/** Programs of a machine, or of an AWS user, that nothing here can look into. */
const ELSEWHERE = ['aws', 'curl', 'docker', 'export', 'git', 'tail', 'xargs'];
const NPM = ['ci', 'install'];
/** Pages of which nothing is taken on trust. */
const ALL_RUN = ['README.md', 'CONTRIBUTING.md'];
/** Pages whose commands must name what there is; a block with a mark is run. */
const NAMES_ONLY = ['SECURITY.md', ...globSync(['docs/*.md', 'docs/{how-to,explanation,reference,adr}/*.md', 'apps/*/README.md']).sort()];
const program = await describeProgram(ROOT);
const variables = firstColumn(readFileSync('docs/reference/environment.md', 'utf8'));

/** What is wrong with a page's commands, one line each. */
function problemsOf(page, text) {
  return shellBlocks(text).flatMap((block) => [
    ...block.commands.flatMap((command) =>
      [...wrongVariables(command), ...wrongWords(command)].map((problem) => `${page}:${command.line} ${problem}`),
    ),
    ...wrongMark(page, block),
  ]);
}

function wrongMark(page, block) {
  if (block.stage === undefined) return ALL_RUN.includes(page) ? problemsOfUnrun(block).map((problem) => `${page}:${problem}`) : [];
  return block.stage in STAGES ? [] : [`${page}:${block.line} no block can be run in "${block.stage}"`];
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
  ['npx plimsoll --version', 'nothing runs'],
  ['```\n\n<!-- run: nowhere -->\n```sh\nnpx plimsoll --version', 'no block can be run in'],
];

const problems = PLANTED.filter(
  ([line, finding]) => !problemsOf('README.md', `\`\`\`sh\n${line}\n\`\`\`\n`).some((problem) => problem.includes(finding)),
).map(([line]) => `this check did not find what is wrong with "${line}"`);
const { values: flags } = parseArgs({ options: { run: { type: 'boolean', default: false } } });
let commands = 0;
let ran = 0;
for (const page of [...ALL_RUN, ...NAMES_ONLY]) {
  const text = readFileSync(page, 'utf8');
  const wrong = problemsOf(page, text);
  problems.push(...wrong);
  for (const block of shellBlocks(text)) {
    commands += block.commands.length;
    if (!flags.run || block.stage === undefined || wrong.length > 0) continue;
    const { problem, missing } = await runBlock(block, ROOT);
    if (problem !== undefined) problems.push(`${page}:${block.line} ${problem}`);
    if (missing !== undefined) console.error(`${page}:${block.line} not run: ${missing}`);
    else ran += 1;
  }
}
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? `${commands} commands name what there is${flags.run ? `, ${ran} blocks ran` : ''}`
    : `${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
