import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';

test('the example of the README prints what the README says', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const promised = /^\/\/ (.*)$/m.exec(example)?.[1];
  const { outputText } = transpileModule(example, { compilerOptions: { module: ModuleKind.CommonJS } });
  const printed: unknown[] = [];
  runInNewContext(outputText, { require, exports: {}, JSON, console: { log: (line: unknown) => printed.push(line) } });
  expect(promised).toMatch(/^invalid event/);
  expect(printed).toEqual([promised]);
});
