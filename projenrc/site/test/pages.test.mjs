// Holds the pages to what they show: console blocks print what stands there, TypeScript blocks compile.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import typescript from 'typescript';

const PAGES = globSync(['docs/*.md', 'docs/{how-to,explanation}/*.md']).sort();

/** Pages of the packages. The examples of the constructs are parts of a stack, which their own test puts around them. */
const OF_PACKAGES = globSync(['packages/*/README.md', 'packages/*/docs/*.md'])
  .filter((page) => page !== 'packages/constructs/README.md')
  .sort();

/** All others that the site has or that are read on GitHub. */
const OTHERS = globSync(['*.md', 'docs/{reference,adr}/*.md', 'apps/*/README.md']).sort();

/** The fenced blocks of a language, without the indentation that a list gives them. */
function blocks(page, language) {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n(.*?)^\\1\`\`\`$`, 'gms');
  return [...readFileSync(page, 'utf8').matchAll(fence)].map(([, indent, text]) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** Commands of a console block, each with what it is to print: a command is a line after "$ ", with the lines it goes on in. */
function commandsOf(block) {
  const commands = [];
  let end;
  for (const line of block.trimEnd().split('\n')) {
    const last = commands.at(-1);
    if (end !== undefined || last?.command.endsWith('\\')) {
      last.command += `\n${line}`;
      if (line === end) end = undefined;
    } else if (line.startsWith('$ ')) {
      commands.push({ command: line.slice(2), output: '' });
      end = /<<'(\w+)'/.exec(line)?.[1];
    } else {
      last.output += `${line}\n`;
    }
  }
  return commands;
}

const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-pages-'));
after(() => rmSync(scratch, { recursive: true }));

/** Runs a command in a folder of its own, with the programs of this repository instead of npm's download of them. */
function run(command) {
  const PATH = `${resolve('node_modules/.bin')}:${process.env.PATH}`;
  const script = `npx() { "$@"; }\n{ ${command}\n} 2>&1`;
  return execFileSync('bash', ['-c', script], { cwd: scratch, encoding: 'utf8', env: { ...process.env, PATH } });
}

for (const page of PAGES) {
  const commands = blocks(page, 'console')
    .filter((block) => block.startsWith('$ '))
    .flatMap(commandsOf);
  if (commands.length === 0) continue;
  test(`${page}: ${commands.length} commands print what is shown`, () => {
    for (const { command, output } of commands) equal(run(command).trimEnd(), output.trimEnd(), command);
  });
}

/** Everything that a page shows as code, each command on one line. */
function code(page) {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, '');
  return [...text.matchAll(/^ *```[a-z]*\n(.*?)^ *```$/gms), ...text.matchAll(/`([^`\n]+)`/g)].map(([, shown]) => shown).join('\n');
}

/** What each page has of a pattern's first group, without repetition. */
function named(pattern) {
  return [...new Set(PAGES.flatMap((page) => [...code(page).matchAll(pattern)].map(([, found]) => found)))].sort();
}

test('tasks, benchmarks and options that the pages name are there', () => {
  const tasks = globSync(['.projen/tasks.json', '{packages,apps}/*/.projen/tasks.json']);
  const known = new Set(tasks.flatMap((file) => Object.keys(JSON.parse(readFileSync(file, 'utf8')).tasks)));
  const unknownTasks = named(/npx projen ([a-z]\S*)/g).filter((task) => !known.has(task));
  const unknownFiles = named(/node (?:--import \S+ )?(benchmarks\/\S+)/g).filter((file) => globSync(`packages/*/${file}`).length === 0);
  const help = new Map();
  const unknownOptions = named(/plimsoll ([a-z-]+ .*)/g).filter((words) => {
    const [command] = words.split(' ');
    if (!help.has(command)) help.set(command, run(`plimsoll ${command} --help`));
    return !(words.match(/--[a-z-]+/g) ?? []).every((option) => help.get(command).includes(`${option} `));
  });
  deepEqual({ unknownTasks, unknownFiles, unknownOptions }, { unknownTasks: [], unknownFiles: [], unknownOptions: [] });
  ok(help.size >= 4, [...help.keys()].join(' '));
});

/** What the compiler says of programs that are on no disk, by name. */
function complaints(programs) {
  const files = new Map([...programs].map(([name, text]) => [resolve(`${name}.ts`), text]));
  const options = {
    strict: true,
    module: typescript.ModuleKind.Node20,
    target: typescript.ScriptTarget.ES2023,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  const host = typescript.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version) =>
    files.has(name) ? typescript.createSourceFile(name, files.get(name), version) : getSourceFile(name, version);
  const program = typescript.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) =>
    typescript
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, ' ')),
  );
}

/** Code of a program whose block is not headed `ts` alone, and so would not be compiled. */
const OTHER_HEADINGS = /^ *```(?!ts$)(?:[cm]?[jt]sx?|typescript|javascript)\b.*$/gm;

test('code of programs is TypeScript, by the one heading that is compiled', () => {
  const pages = [...PAGES, ...OF_PACKAGES, 'packages/constructs/README.md', ...OTHERS];
  const found = pages.flatMap((page) => [...readFileSync(page, 'utf8').matchAll(OTHER_HEADINGS)].map(([heading]) => `${page}: ${heading}`));
  deepEqual(found, []);
  equal('```typescript\n```js\n```ts\n```ts title\n```tsx\n```text\n'.match(OTHER_HEADINGS)?.length, 4);
});

test('TypeScript on the pages and in every README compiles, and a fault in it would be found', () => {
  const faulty = "import { ClusterCapacity } from '@plimsoll/constructs';\nexport const none: ClusterCapacity = {};";
  const examples = [...PAGES, ...OF_PACKAGES, ...OTHERS].flatMap((page) =>
    blocks(page, 'ts').map((text, index) => [`${page.replaceAll('/', '-')}-${index}`, text]),
  );
  ok(examples.length >= 18, `${examples.length} examples`);
  const [ofFaulty, ...found] = complaints(new Map([['faulty', faulty], ...examples]));
  ok(ofFaulty.length > 0);
  deepEqual(
    found.map((messages, index) => [examples[index][0], ...messages]),
    examples.map(([name]) => [name]),
  );
});
