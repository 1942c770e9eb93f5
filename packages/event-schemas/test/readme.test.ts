import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, runExample } from '@plimsoll/test-support/readme-example';
import { taskEvent } from './helpers/synthetic-ecs-events';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const [first = '', second = '', ...others] = codeBlocks(readme, 'ts');

test('the first example prints what the README says', () => {
  const promised = /^\/\/ (.*)$/m.exec(first)?.[1];
  expect(promised).toMatch(/^invalid event/);
  expect(runExample(first, { require }).printed).toEqual([promised]);
});

test('the second example names the stopped tasks of a batch', () => {
  const bodies = [JSON.stringify(taskEvent()), '{', '{}'];
  const { stoppedTasks } = runExample(second, { require }).exports;
  expect([...stoppedTasks({ Records: bodies.map((body) => ({ messageId: 'm', body })) })]).toEqual([taskEvent().detail.taskArn]);
  expect(others).toEqual([]);
});
