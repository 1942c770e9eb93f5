import { UsageError } from '../program-error.js';
import type { ProgramIo } from '../program-io.js';
import { readJsonDocuments } from './json-documents.js';
import { nameOfInput, readInput } from './open-input.js';

/** A JSON document of a file, and where it begins. */
export interface PlacedDocument {
  /** The document. */
  readonly value: unknown;
  /** For messages: the file's name and the line. */
  readonly place: string;
}

/**
 * Reads every JSON document of a file.
 *
 * @throws UsageError when the file cannot be read, is no JSON or holds nothing
 */
export async function readPlacedDocuments(
  file: string,
  { stdin, expected }: Pick<ProgramIo, 'stdin'> & { readonly expected: string },
): Promise<readonly PlacedDocument[]> {
  const name = nameOfInput(file);
  const documents: PlacedDocument[] = [];
  for await (const document of readJsonDocuments(readInput(file, stdin))) {
    if (!document.ok) throw new UsageError(`${name}:${document.error.line}:${document.error.column}: ${document.error.message}`);
    documents.push({ value: document.value.value, place: `${name}:${document.value.line}` });
  }
  if (documents.length === 0) throw new UsageError(`${name} is empty: give ${expected}`);
  return documents;
}
