import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { readConfiguration } from '../configuration.js';
import { announcement } from './announcement.js';
import { type CommandLine, cdkArguments, readCommandLine } from './command-line.js';
import { hindrances } from './judge.js';
import { look } from './look.js';

/** Exit status: done, refused for its arguments, or hindered; the CDK's own where it was started. */
const EXIT = { done: 0, usage: 2, hindered: 3 } as const;

/** Name of the stack. */
const STACK = 'Todobackend';

async function main(argv: readonly string[]): Promise<number> {
  const read = readCommandLine(argv);
  if (!read.ok) {
    say([read.error.message]);
    return read.error.code === 'HELP' ? EXIT.done : EXIT.usage;
  }
  const command = read.value;
  const configuration = readConfiguration((key) => command.context.get(key));
  if (!configuration.ok) {
    say(configuration.error.problems);
    return EXIT.usage;
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = command.region ?? AWS_REGION ?? AWS_DEFAULT_REGION;
  // As the CDK understands its options, so that both look at the same account.
  if (command.profile !== undefined) process.env.AWS_PROFILE = command.profile;
  if (region !== undefined) process.env.AWS_REGION = region;
  const sights = await look(command, STACK);
  const problems = hindrances(command, sights);
  if (problems.length > 0) {
    say([`nothing was started:`, ...problems.map((problem) => `- ${problem}`)]);
    return EXIT.hindered;
  }
  say(announcement(command.verb, configuration.value, sights));
  if (command.verb === 'destroy' && !command.yes && !(await isConfirmed())) {
    say(['nothing was started']);
    return EXIT.usage;
  }
  return runCdk(command);
}

/** Asks for the stack's name; without a terminal nobody can answer. */
async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say(['there is no terminal to ask at: give --yes']);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`to delete it, type ${STACK}: `)).trim() === STACK;
  } finally {
    terminal.close();
  }
}

function runCdk(command: CommandLine): number {
  const { status, signal } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...cdkArguments(command, STACK)], {
    cwd: join(__dirname, '..', '..'),
    stdio: 'inherit',
  });
  if (signal !== null) say([`the CDK was ended by ${signal}; CloudFormation goes on with what it has begun`]);
  return status ?? EXIT.hindered;
}

function say(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say([error instanceof Error ? (error.stack ?? error.message) : String(error)]);
    process.exitCode = EXIT.hindered;
  },
);
