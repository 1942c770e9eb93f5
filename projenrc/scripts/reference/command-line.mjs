import { pathToFileURL } from 'node:url';
import { cell } from './markdown.mjs';

/** The program as its own parser describes it; the package must be compiled. */
export async function describeProgram(root) {
  const { default: library } = await import(pathToFileURL(`${root}/packages/cli/lib/program.js`).href);
  return library.createProgram({}, () => undefined);
}

/** A section a command, with a table of its options. */
export function commandSections(program) {
  return program.commands.map(sectionOf).join('\n\n');
}

function sectionOf(command) {
  const rows = command.options.map(({ flags, description, defaultValue }) => {
    const [, meaning, told] = /^(.*?)(?: \(default: (.*)\))?$/s.exec(description);
    const byDefault = defaultValue === undefined ? (told ?? '') : String(defaultValue);
    return `| ${cell(`\`${flags}\``)} | ${cell(meaning)} | ${cell(byDefault)} |`;
  });
  return [
    `## plimsoll ${command.name()}`,
    '',
    command.description(),
    '',
    '| Option | Meaning | Default |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** What is wrong with a call of the program, by the options that its command has; empty if nothing is. */
export function problemsOfCall(program, words) {
  const [name, ...rest] = words;
  if (name === undefined || name.startsWith('-') || name === 'help') return [];
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (command === undefined) return [`plimsoll has no command ${name}`];
  const known = new Set([...command.options.flatMap(({ long, short }) => [long, short]), '--help', '-h']);
  return rest
    .filter((word) => /^--?[a-z]/.test(word) && !known.has(word.split('=')[0]))
    .map((word) => `plimsoll ${name} has no option ${word}`);
}
