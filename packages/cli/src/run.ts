import { CommanderError } from 'commander';
import type { CommandContext } from './commands/context.js';
import { Output } from './output.js';
import { createProgram } from './program.js';
import { EXIT_STATUS, ProgramError, UsageError } from './program-error.js';
import type { ProgramIo } from './program-io.js';
import { printable } from './report/printable.js';
import { usageLine } from './usage-line.js';

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
  // Where standard error itself fails there is nobody left to tell.
  const say = (text: string): Promise<boolean> => stderr.write(`plimsoll: ${text}\n`).catch(() => false);
  const context: CommandContext = {
    io,
    out: (text) => stdout.write(text),
    warn: (line) => say(printable(line)),
    bar: io.stdout.isTTY === true ? '█' : '#',
  };
  try {
    return await runCommand(argv, context);
  } catch (error) {
    const { line, status } = explain(error);
    await context.warn(line);
    if (status === EXIT_STATUS.fault && io.env.PLIMSOLL_DEBUG === '1' && error instanceof Error) await say(`${error.stack}`);
    return status;
  }
}

async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  let status: number = EXIT_STATUS.ok;
  let help = '';
  const program = createProgram(context, (outcome) => {
    status = outcome;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => undefined,
      outputError: () => undefined,
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // The parser throws to end the program after it printed help or the version, too.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(usageLine(error, { program, argv }));
    await context.out(help);
  }
  return status;
}

function explain(error: unknown): { readonly line: string; readonly status: number } {
  if (error instanceof ProgramError) return { line: error.message, status: error.exitStatus };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { line: `this is a bug in plimsoll, please report it: ${reason}`, status: EXIT_STATUS.fault };
}
