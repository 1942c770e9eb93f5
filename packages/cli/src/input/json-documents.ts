import type { Result } from '@plimsoll/capacity-core';
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { TextCursor, type TextPosition } from './text-position.js';

/** One JSON value of a text that may hold several. */
export interface JsonDocument {
  /** The value. */
  readonly value: unknown;
  /** The line it begins on, from 1. */
  readonly line: number;
}

/** Why a text is not JSON, and where: on that line always; at that column unless the word was cut by the end of a chunk. */
export interface JsonSyntaxError extends TextPosition {
  /**
   * - `UNEXPECTED`: a character or a word that JSON does not have there.
   * - `TOO_SHORT`: the text ends within a value.
   * - `NOT_UTF_8`: the bytes are not UTF-8 text.
   */
  readonly code: 'UNEXPECTED' | 'TOO_SHORT' | 'NOT_UTF_8';
  /** One sentence with the remedy, without the place. */
  readonly message: string;
}

/** How the values of a text are told apart. */
export interface JsonDocumentsOptions {
  /**
   * Whether the text is one array whose elements are wanted one by one; otherwise it is any number of values, one after another.
   *
   * @default false
   */
  readonly elements?: boolean;
}

/** Reads JSON values out of bytes as they come, in memory for one value. After a failure it has no more to say. */
export class JsonDocumentReader {
  private readonly tokenizer: Tokenizer;
  private readonly parser: TokenParser;
  private readonly cursor = new TextCursor();
  private readonly level: number;
  private depth = 0;
  private line = 1;
  private chunk: Uint8Array = new Uint8Array();
  private chunkStart = 0;
  private tokenOffset = 0;
  private found: Array<Result<JsonDocument, JsonSyntaxError>> = [];
  private failed = false;

  public constructor({ elements = false }: JsonDocumentsOptions = {}) {
    this.level = elements ? 1 : 0;
    const separator = elements ? {} : { separator: '' };
    this.parser = new TokenParser({ paths: [elements ? '$.*' : '$'], keepStack: false, ...separator });
    this.tokenizer = new Tokenizer(separator);
    this.parser.onValue = ({ value }) => this.found.push({ ok: true, value: { value, line: this.line } });
    this.tokenizer.onToken = (token) => {
      this.tokenOffset = token.offset;
      this.track(token.token);
      this.parser.write(token);
    };
  }

  /** Takes the next bytes and returns the values they completed, or the failure they brought. */
  public write(chunk: Uint8Array): ReadonlyArray<Result<JsonDocument, JsonSyntaxError>> {
    if (this.failed) return [];
    this.chunk = this.chunkStart === 0 ? withoutMark(chunk) : chunk;
    if (this.chunkStart === 0 && isUtf16(chunk)) this.fail('NOT_UTF_8', 0);
    else this.attempt(() => this.tokenizer.write(this.chunk));
    if (!this.failed) this.positionOf(this.chunkStart + this.chunk.length);
    this.chunkStart += this.chunk.length;
    return this.taken();
  }

  /** Says that there are no more bytes, and returns what that completes. */
  public end(): ReadonlyArray<Result<JsonDocument, JsonSyntaxError>> {
    if (this.failed) return [];
    this.chunk = new Uint8Array();
    // A number at the very end is complete only now; ending the parser tells whether anything is not.
    this.attempt(() => {
      if (!this.tokenizer.isEnded) this.tokenizer.end();
      if (!this.parser.isEnded) this.parser.end();
    }, 'TOO_SHORT');
    return this.taken();
  }

  /** Whether the bytes so far end within an object or an array. */
  public get isWithinValue(): boolean {
    return this.depth > 0;
  }

  private track(token: TokenType): void {
    const opens = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
    const closes = token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;
    if (this.depth === this.level && !closes && token !== TokenType.COMMA) this.line = this.positionOf(this.tokenOffset).line;
    if (opens) this.depth += 1;
    if (closes) this.depth -= 1;
  }

  private attempt(step: () => void, code: JsonSyntaxError['code'] = 'UNEXPECTED'): void {
    try {
      step();
    } catch (error) {
      const { name, message } = error as Error;
      if (code === 'TOO_SHORT') this.fail(code, this.chunkStart);
      else if (name === 'TypeError') this.fail('NOT_UTF_8', this.tokenOffset + 1);
      else this.fail(code, offsetIn(message) ?? this.tokenOffset);
    }
  }

  private fail(code: JsonSyntaxError['code'], offset: number): void {
    this.failed = true;
    const position = this.positionOf(offset);
    this.found.push({ ok: false, error: { code, message: this.describe(code, offset), ...position } });
  }

  private positionOf(offset: number): TextPosition {
    return this.cursor.moveTo(offset, this.chunk, this.chunkStart);
  }

  private describe(code: JsonSyntaxError['code'], offset: number): string {
    if (code === 'TOO_SHORT') return 'the JSON ends within a value: the input is cut off';
    if (code === 'NOT_UTF_8') return 'not UTF-8 text: save it as UTF-8';
    const start = Math.max(0, offset - this.chunkStart);
    const [character = ''] = new TextDecoder().decode(this.chunk.subarray(start, start + 4));
    return `unexpected ${JSON.stringify(character)}: write JSON`;
  }

  private taken(): ReadonlyArray<Result<JsonDocument, JsonSyntaxError>> {
    const { found } = this;
    this.found = [];
    return found;
  }
}

/** Reads a whole stream, value by value; a failure is the last item. */
export async function* readJsonDocuments(
  chunks: AsyncIterable<Uint8Array>,
  options: JsonDocumentsOptions = {},
): AsyncGenerator<Result<JsonDocument, JsonSyntaxError>, void, undefined> {
  const reader = new JsonDocumentReader(options);
  for await (const chunk of chunks) {
    for (const item of reader.write(chunk)) {
      yield item;
      if (!item.ok) return;
    }
  }
  yield* reader.end();
}

/** The tokenizer tells the place of a wrong character in its message only. */
function offsetIn(message: string): number | undefined {
  const [, digits] = /absolute position "(\d+)"/.exec(message) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Without UTF-8's byte order mark, which the tokenizer leaves out of its offsets. */
function withoutMark(chunk: Uint8Array): Uint8Array {
  const [first, second, third] = chunk;
  return first === 0xef && second === 0xbb && third === 0xbf ? chunk.subarray(3) : chunk;
}

/**
 * Whether a text begins as UTF-16 does: with its byte order mark, as Windows PowerShell's `>` writes it, or else with a
 * character of ASCII, which is one zero byte of two. JSON in UTF-8 has no zero byte.
 */
export function isUtf16([first, second]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}
