import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, runExample } from '@plimsoll/test-support/readme-example';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

test('the example of the README prints what it says', () => {
  const [example = ''] = codeBlocks(readme, 'ts');
  const promised = /^\s*\/\/ (.*)$/m.exec(example)?.[1];
  expect(promised).toMatch(/^300 /);
  expect(runExample(example, { require }).printed).toEqual([promised]);
});
