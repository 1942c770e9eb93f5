import { failure, type Result, success } from '../result.js';

/** Where settings come from: the environment, and the files it names. */
export interface SettingSource {
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads a text file: `absent` where there is none, otherwise the reason it cannot be read, such as `EACCES`. */
  readonly readFile: (path: string) => Result<string, 'absent' | string>;
}

/** One setting that is wrong. */
export interface SettingProblem {
  /** Name of the environment variable. */
  readonly name: string;
  /** What is wrong, then the remedy; never a secret's value. */
  readonly message: string;
}

/** Bounds of a whole number, both included. */
export interface WholeNumber {
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
  /** Named in messages: `seconds`, `bytes`, … */
  readonly unit: string;
}

/** Reads settings one by one and gathers what is wrong with them, so that one start names every mistake. */
export class SettingReader {
  /** Every wrong setting so far. */
  public readonly problems: SettingProblem[] = [];

  public constructor(private readonly source: SettingSource) {}

  /** Notes a wrong setting. */
  public refuse(name: string, message: string): undefined {
    this.problems.push({ name, message });
    return undefined;
  }

  /** A text, or undefined where the variable is not set. An empty one is wrong: it is mostly a forgotten substitution. */
  public text(name: string): string | undefined {
    const value = this.source.environment[name];
    if (value === undefined) return undefined;
    if (value.trim() === '') return this.refuse(name, `${name} is empty: give it a value or do not set it`);
    return value;
  }

  /** A whole number within bounds. */
  public wholeNumber(name: string, bounds: WholeNumber): number {
    const text = this.text(name);
    if (text === undefined) return bounds.fallback;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= bounds.minimum && value <= bounds.maximum) return value;
    this.refuse(name, `${name} is "${text}": give a whole number of ${bounds.unit} from ${bounds.minimum} to ${bounds.maximum}`);
    return bounds.fallback;
  }

  /** One of a few words. */
  public oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const word = words.find((candidate) => candidate === text);
    return word ?? this.refuse(name, `${name} is "${text}": give ${words.map((candidate) => `"${candidate}"`).join(' or ')}`);
  }

  /** Words between commas, each checked; `remedy` says what they should be. */
  public list(
    name: string,
    check: { readonly accepts: (item: string) => boolean; readonly remedy: string },
  ): readonly string[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const items = text.split(',').map((item) => item.trim());
    const wrong = items.find((item) => !check.accepts(item));
    return wrong === undefined ? items : this.refuse(name, `${name} has "${wrong}": ${check.remedy}`);
  }

  /**
   * A value that may be secret: from the file `SECRETS_ROOT/<name>`, else from the file that `<name>_FILE` names, else from
   * the variable itself. The last two together are refused, since nobody could tell which is current.
   */
  public secret(name: string): string | undefined {
    const fromRoot = this.secretFromRoot(name);
    if (fromRoot !== undefined) return fromRoot;
    const fileVariable = `${name}_FILE`;
    if (this.source.environment[fileVariable] === undefined) return this.text(name);
    if (this.source.environment[name] !== undefined) {
      return this.refuse(name, `${name} and ${fileVariable} are both set: keep one of them`);
    }
    const path = this.text(fileVariable);
    return path === undefined ? undefined : this.file(fileVariable, path);
  }

  /** The text of a file that a setting names. */
  public file(name: string, path: string): string | undefined {
    const read = this.source.readFile(path);
    if (read.ok) return this.content(name, path, read.value);
    const reason = read.error === 'absent' ? 'is not there' : `cannot be read (${read.error})`;
    return this.refuse(name, `${name} names ${path}, which ${reason}: mount the file, readable for the user of this process`);
  }

  private secretFromRoot(name: string): string | undefined {
    const root = this.source.environment.SECRETS_ROOT;
    if (root === undefined || root.trim() === '') return undefined;
    const path = `${root.replace(/\/+$/, '')}/${name}`;
    const read = this.source.readFile(path);
    if (read.ok) return this.content(name, path, read.value);
    if (read.error === 'absent') return undefined;
    return this.refuse(name, `${path} cannot be read (${read.error}): make it readable for the user of this process`);
  }

  private content(name: string, path: string, text: string): string | undefined {
    // Editors and `echo` end a file with a line break that is no part of a password.
    const content = text.replace(/\r?\n$/, '');
    return content === '' ? this.refuse(name, `${path} is empty: write the value into it`) : content;
  }
}

/** The settings, or everything that is wrong with them. */
export function settingsOf<Settings>(reader: SettingReader, settings: Settings): Result<Settings, readonly SettingProblem[]> {
  return reader.problems.length === 0 ? success(settings) : failure(reader.problems);
}
