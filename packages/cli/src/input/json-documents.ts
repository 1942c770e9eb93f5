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

/** UTF-8's byte order mark. */
const MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** How the tokenizer's message ends where no word, number or string was under way. */
const BETWEEN_TOKENS = / in state START$/;

/** Reads JSON values out of bytes as they come, in memory for one value. After a failure it has no more to say. */
export class JsonDocumentReader {
  private tokenizer: Tokenizer;
  private parser: TokenParser;
  private readonly cursor = new TextCursor();
  private readonly level: number;
  private depth = 0;
  private line = 1;
  private chunk: Uint8Array = new Uint8Array();
  private chunkStart = 0;
  /** Where the tokenizer's first byte stands. */
  private tokenizerStart = 0;
  private tokenOffset = 0;
  private found: Array<Result<JsonDocument, JsonSyntaxError>> = [];
  private failed = false;

  public constructor({ elements = false }: JsonDocumentsOptions = {}) {
    this.level = elements ? 1 : 0;
    [this.tokenizer, this.parser] = this.restart(0);
  }

  /** Takes the next bytes and returns the values they completed, or the failure they brought. */
  public write(chunk: Uint8Array): ReadonlyArray<Result<JsonDocument, JsonSyntaxError>> {
    if (this.failed) return [];
    this.chunk = this.chunkStart === 0 ? withoutMark(chunk) : chunk;
    if (this.chunkStart === 0 && isUtf16(chunk)) this.fail('NOT_UTF_8', 0);
    else this.tokenize();
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

  /** The offsets of tokens leave the mark out that the tokenizer begins with, those of its errors do not. */
  private restart(start: number, mark = 0): [Tokenizer, TokenParser] {
    const elements = this.level === 1;
    const separator = elements ? {} : { separator: '' };
    this.tokenizerStart = start;
    const parser = new TokenParser({ paths: [elements ? '$.*' : '$'], keepStack: false, ...separator });
    const tokenizer = new Tokenizer(separator);
    parser.onValue = ({ value }) => this.found.push({ ok: true, value: { value, line: this.line } });
    tokenizer.onToken = (token) => {
      this.tokenOffset = start + mark + token.offset;
      this.track(token.token);
      parser.write(token);
    };
    return [tokenizer, parser];
  }

  /** Files put one behind the other bring their byte order marks along; a new tokenizer takes one, as at the start. */
  private tokenize(): void {
    for (let rest = this.chunk, mark: number | undefined; ; rest = this.chunk.subarray(mark - this.chunkStart)) {
      mark = this.attempt(() => this.tokenizer.write(rest));
      if (mark === undefined) return;
      [this.tokenizer, this.parser] = this.restart(mark, MARK.length);
    }
  }

  private track(token: TokenType): void {
    const opens = token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET;
    const closes = token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET;
    if (this.depth === this.level && !closes && token !== TokenType.COMMA) this.line = this.positionOf(this.tokenOffset).line;
    if (opens) this.depth += 1;
    if (closes) this.depth -= 1;
  }

  /** Returns the offset of a byte order mark between two values, where one ended the step; other ends are failures. */
  private attempt(step: () => void, code: JsonSyntaxError['code'] = 'UNEXPECTED'): number | undefined {
    try {
      step();
    } catch (error) {
      const { name, message } = error as Error;
      if (code === 'TOO_SHORT') this.fail(code, this.chunkStart);
      else if (name === 'TypeError') this.fail('NOT_UTF_8', this.tokenOffset + 1);
      else {
        const digits = offsetIn(message);
        const offset = digits === undefined ? this.tokenOffset : this.tokenizerStart + digits;
        if (BETWEEN_TOKENS.test(message) && this.isMark(offset)) return offset;
        this.fail(code, offset);
      }
    }
    return undefined;
  }

  /** Whether a byte order mark stands there, as far as this chunk goes, in front of a value. */
  private isMark(offset: number): boolean {
    if (offset < this.chunkStart) return false;
    const bytes = this.chunk.subarray(offset - this.chunkStart).subarray(0, MARK.length);
    return this.level === 0 && this.depth === 0 && bytes.length > 0 && bytes.every((byte, index) => byte === MARK[index]);
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
  return MARK.every((byte, index) => chunk[index] === byte) ? chunk.subarray(MARK.length) : chunk;
}

/**
 * Whether a text begins as UTF-16 does: with its byte order mark, as Windows PowerShell's `>` writes it, or else with a
 * character of ASCII, which is one zero byte of two. JSON in UTF-8 has no zero byte.
 */
export function isUtf16([first, second]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}
