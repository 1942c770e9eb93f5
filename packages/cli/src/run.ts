import { CommanderError } from 'commander';
import type { CommandContext } from './commands/context.js';
import { Output } from './output.js';
import { createProgram } from './program.js';
import { EXIT_STATUS, ProgramError } from './program-error.js';
import type { ProgramIo } from './program-io.js';

/**
 * Runs the program.
 *
 * Never rejects and never ends the process: what goes wrong is one line on standard error and the exit status.
 *
 * @param argv - arguments, without the names of Node.js and the program
 * @returns the exit status: 0 answered, 1 too little capacity, 2 usage or unreadable input, 3 fault
 */
export async function run(argv: readonly string[], io: ProgramIo): Promise<number> {
  const stdout = new Output(io.stdout);
  const stderr = new Output(io.stderr);
  const warn = (line: string): Promise<boolean> => stderr.write(`plimsoll: ${line}\n`);
  const context: CommandContext = { io, out: (text) => stdout.write(text), warn, bar: io.stdout.isTTY === true ? '█' : '#' };
  let status: number = EXIT_STATUS.ok;
  const help: string[] = [];
  const program = createProgram(context, (outcome) => {
    status = outcome;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    return await failed(error, { io, warn, help: async () => void (await stdout.write(help.join(''))) });
  }
}

interface FailureContext {
  readonly io: ProgramIo;
  readonly warn: (line: string) => Promise<boolean>;
  readonly help: () => Promise<void>;
}

async function failed(error: unknown, { io, warn, help }: FailureContext): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) {
      await help();
      return EXIT_STATUS.ok;
    }
    await warn(error.code === 'commander.help' ? 'no command is given, or an unknown one: see plimsoll --help' : usageLine(error));
    return EXIT_STATUS.usage;
  }
  if (error instanceof ProgramError) {
    await warn(error.message);
    return error.exitStatus;
  }
  await warn(`this is a bug in plimsoll, please report it: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  if (io.env.PLIMSOLL_DEBUG === '1' && error instanceof Error) await warn(error.stack ?? 'no stack trace');
  return EXIT_STATUS.fault;
}

/** The argument parser's message in our words' form. */
function usageLine({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\s+/g, ' ');
}
