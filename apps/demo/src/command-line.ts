import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the demo was asked for. */
export interface CommandLine {
  /** File that the report is written to. */
  readonly report: string;
  /** Whether a second release is deployed whose migration fails. */
  readonly failMigration: boolean;
}

/** The command line read, a wish for help, or what is wrong with it. */
export type ReadCommandLine =
  | { readonly kind: 'play'; readonly options: CommandLine }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Shown with --help and below a wrong option. */
export const USAGE = `npx projen demo [-- [--fail-migration] [--html FILE]]

  --fail-migration  deploys a second release whose migration fails; exit status 1, as the deployment's own
  --html FILE       where the report goes; demo.html unless given`;

/** Reads the command line. Pure but for the working directory that a relative file is of. */
export function readCommandLine(argv: readonly string[]): ReadCommandLine {
  // projen hands on the -- that ends its own options.
  const args = argv[0] === '--' ? argv.slice(1) : argv;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'fail-migration': { type: 'boolean' },
        html: { type: 'string', default: 'demo.html' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { kind: 'help' };
    if (values.html === '') return { kind: 'wrong', problem: '--html is empty: name a file' };
    return { kind: 'play', options: { report: resolve(values.html), failMigration: values['fail-migration'] === true } };
  } catch (error) {
    return { kind: 'wrong', problem: firstSentence(error instanceof Error ? error.message : String(error)) };
  }
}

/** What Node.js says of a wrong option, without its advice, which is about other programs. */
function firstSentence(message: string): string {
  return message.split(/\. |\n/)[0] ?? message;
}
