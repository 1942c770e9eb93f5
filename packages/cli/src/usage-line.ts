import type { Command, CommanderError } from 'commander';

/** Puts what the argument parser has against the command line into our words' form, with what to do about it. */
export function usageLine(
  { code, message }: CommanderError,
  { program, argv }: { readonly program: Command; readonly argv: readonly string[] },
): string {
  if (code === 'commander.help') return 'no command is given, or an unknown one: see plimsoll --help';
  const line = message.replace(/^error: /, '').replace(/\s+/g, ' ');
  const command = program.commands.find((one) => one.name() === argv[0]);
  const help = `see plimsoll ${command === undefined ? '' : `${command.name()} `}--help`;
  switch (code) {
    case 'commander.excessArguments':
      return `${JSON.stringify(command?.args[0] ?? '')} belongs to no option: leave it out, or ${help}`;
    case 'commander.optionMissingArgument':
      return `${line}: write its value behind it`;
    case 'commander.unknownOption':
    case 'commander.unknownCommand':
      return line.includes('Did you mean') ? line : `${line}: ${help}`;
    default:
      return line;
  }
}
