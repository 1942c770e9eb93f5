import { runInNewContext } from 'node:vm';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** The texts of a page's code blocks in one language, in order. */
export function codeBlocks(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
}

/** What an example did. */
export interface ExampleRun {
  /** A line for each call of `console.log`; more come while the example has not ended. */
  readonly printed: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: an example exports what it likes
  readonly exports: Readonly<Record<string, any>>;
}

/** What an example finds around it. */
export interface ExampleSurroundings {
  /** What its imports give: that of the test, or one that gives the sources in place of what was compiled. */
  readonly require: (name: string) => unknown;
  /**
   * Names that it takes for granted, beside those of the language.
   *
   * @default none
   */
  readonly globals?: Readonly<Record<string, unknown>>;
}

/** Runs an example in TypeScript as a module. Its types are not checked. */
export function runExample(source: string, { require, globals = {} }: ExampleSurroundings): ExampleRun {
  const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023 } });
  const printed: string[] = [];
  const exports = {};
  const log = (...words: readonly unknown[]) => void printed.push(words.map(String).join(' '));
  runInNewContext(outputText, { ...globals, require, exports, console: { log } });
  return { printed, exports };
}
