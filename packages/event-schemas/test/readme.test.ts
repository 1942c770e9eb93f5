import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';
import { taskEvent } from './helpers/synthetic-ecs-events';
import type { Loose } from './helpers/synthetic-events';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, example = '']) => example);

/** Runs an example; answers what it printed and what it exported. */
function run(example = ''): { readonly printed: unknown[]; readonly exports: Loose } {
  const { outputText } = transpileModule(example, { compilerOptions: { module: ModuleKind.CommonJS } });
  const printed: unknown[] = [];
  const exports: Loose = {};
  runInNewContext(outputText, { require, exports, JSON, console: { log: (line: unknown) => printed.push(line) } });
  return { printed, exports };
}

test('the first example prints what the README says', () => {
  const promised = /^\/\/ (.*)$/m.exec(examples[0] ?? '')?.[1];
  expect(promised).toMatch(/^invalid event/);
  expect(run(examples[0]).printed).toEqual([promised]);
});

test('the second example names the stopped tasks of a batch', () => {
  const bodies = [JSON.stringify(taskEvent()), '{', '{}'];
  const { stoppedTasks } = run(examples[1]).exports;
  expect([...stoppedTasks({ Records: bodies.map((body) => ({ messageId: 'm', body })) })]).toEqual([taskEvent().detail.taskArn]);
  expect(examples).toHaveLength(2);
});
