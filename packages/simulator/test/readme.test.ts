import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeBlocks, runExample } from '@plimsoll/test-support/readme-example';
import * as simulator from '../src/index.js';

test('the example of the README runs, tells of the host, and prints a command that names the endpoint', async () => {
  const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
  const [example = ''] = codeBlocks(readme, 'ts');
  // What waits at the top of a module must be in a function, and the import outside it.
  const [, imported, body] = /^(import .*?\n)(.*)$/s.exec(example) ?? [];
  const { printed, exports } = runExample(`${imported}export const ended = (async () => {${body}})();`, { require: () => simulator });
  await exports.ended;
  expect(printed).toEqual([
    expect.stringMatching(
      /^ECS Container Instance State Change arn:aws:ecs:us-east-1:111122223333:container-instance\/shop\/[0-9a-f]{32}$/,
    ),
    expect.stringMatching(/^aws ecs list-container-instances --cluster shop --endpoint-url http:\/\/127\.0\.0\.1:\d+$/),
  ]);
});
