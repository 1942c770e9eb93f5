import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, runExample } from '../src/readme-example.js';

const PAGE = `
\`\`\`sh
npm test
\`\`\`
text
\`\`\`ts
const a: number = 1;
\`\`\`
\`\`\`ts
const b = '\`\`\`';
\`\`\`
`;

test('blocks of one language are found, in order and whole', () => {
  expect(codeBlocks(PAGE, 'ts')).toEqual(['const a: number = 1;\n', "const b = '```';\n"]);
  expect(codeBlocks(PAGE, 'sh')).toEqual(['npm test\n']);
  expect(codeBlocks(PAGE, 'json')).toEqual([]);
});

test('an example prints and exports, with what its imports give and no other surroundings', async () => {
  const example = `
    import { double } from 'double';
    console.log('twice', double(given), typeof process);
    export const later = Promise.resolve().then(() => console.log('later'));
  `;
  const { printed, exports } = runExample(example, { require: (name) => ({ [name]: (n: number) => 2 * n }), globals: { given: 21 } });
  expect(printed).toEqual(['twice 42 undefined']);
  await exports.later;
  expect(printed).toEqual(['twice 42 undefined', 'later']);
});

test('the example of the README compiles to a test of a property', () => {
  const [example = ''] = codeBlocks(readFileSync(join(__dirname, '..', 'README.md'), 'utf8'), 'ts');
  const tests: string[] = [];
  const parameters: unknown[] = [];
  const fc = { assert: (_: unknown, given: unknown) => parameters.push(given), property: () => undefined, nat: () => undefined };
  const globals = {
    test: (name: string, run: () => void) => {
      tests.push(name);
      run();
    },
  };
  runExample(example, { require: () => ({ default: fc, propertyParameters: (runs: number) => runs, __esModule: true }), globals });
  expect([tests, parameters]).toEqual([['a sum does not depend on the order'], [300]]);
});
