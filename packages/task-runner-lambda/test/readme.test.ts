import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

test('the example of the README prints what it says', () => {
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const promised = /^\s*\/\/ (.*)$/m.exec(example)?.[1];
  const { outputText } = transpileModule(example, { compilerOptions: { module: ModuleKind.CommonJS } });
  const printed: string[] = [];
  const log = (...words: readonly unknown[]) => printed.push(words.join(' '));
  runInNewContext(outputText, { require, exports: {}, console: { log } });
  expect(promised).toMatch(/^300 /);
  expect(printed).toEqual([promised]);
});
