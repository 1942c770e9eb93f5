import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';
import * as simulator from '../src/index.js';

test('the example of the README runs, tells of the host, and prints a command that names the endpoint', async () => {
  const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const body = example.replace(/^import .*$/m, '');
  const { outputText } = transpileModule(`(async () => {${body}})()`, { compilerOptions: { module: ModuleKind.CommonJS } });
  const printed: string[] = [];
  const console = { log: (...words: readonly string[]) => printed.push(words.join(' ')) };
  await runInNewContext(outputText, { ...simulator, console });
  expect(printed).toEqual([
    expect.stringMatching(
      /^ECS Container Instance State Change arn:aws:ecs:us-east-1:111122223333:container-instance\/shop\/[0-9a-f]{32}$/,
    ),
    expect.stringMatching(/^aws ecs list-container-instances --cluster shop --endpoint-url http:\/\/127\.0\.0\.1:\d+$/),
  ]);
});
