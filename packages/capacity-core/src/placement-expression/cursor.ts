/** A place in a text, that moves on as the text is read. */
export class Cursor {
  /** Index of the next character, from 0. */
  public at = 0;

  public constructor(public readonly text: string) {}

  /** Whether nothing is left. */
  public get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character; empty at the end. */
  public get next(): string {
    return this.text.charAt(this.at);
  }

  /** Moves past white space, and tells where that led. */
  public skipSpace(): number {
    this.take(/\s*/y);
    return this.at;
  }

  /** Takes what the sticky pattern matches here; `undefined`, and no move, where it does not. */
  public take(pattern: RegExp): string | undefined {
    const found = this.peek(pattern);
    this.at += found?.length ?? 0;
    return found;
  }

  /** What the sticky pattern matches here, without a move. */
  public peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }
}
