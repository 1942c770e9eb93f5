import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';

/** Reads JSON from an argument, or from the file that `file://PATH` names, as the AWS CLI does. */
export function readJsonArgument(text: string): unknown {
  const file = /^file:\/\/(.+)$/s.exec(text)?.[1];
  try {
    return JSON.parse(file === undefined ? text : readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no JSON' : `it cannot be read: ${(error as NodeJS.ErrnoException).code}`;
    throw new InvalidArgumentError(
      `${file === undefined ? '' : `${file}: `}${reason}: write JSON, or file://PATH of a file that holds it.`,
    );
  }
}
