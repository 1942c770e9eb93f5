import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, runExample } from '@plimsoll/test-support/readme-example';
import * as capacityCore from '../src/index.js';

const README = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

describe('README', () => {
  it('has an example that runs and prints what its comments say', () => {
    const [example = ''] = codeBlocks(README, 'ts');
    const expected = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
    expect(expected.length).toBeGreaterThan(0);
    expect(outputOf(example)).toEqual(expected);
  });

  it('names every function that is exported, and every error code', () => {
    const names = Object.keys(capacityCore).filter((name) => name !== 'RESOURCE_NAMES');
    expect(names.filter((name) => !README.includes(name))).toEqual([]);
    const codes = [
      'host-error',
      'read-task',
      'read-task-size',
      'read-task-definition',
      'cluster-json',
      'pooled-capacity',
      'capacity',
      'unknown',
    ].flatMap((file) => {
      const source = readFileSync(join(__dirname, '..', 'src', `${file}.ts`), 'utf8');
      const [, union = ''] = /(?:readonly code:|export type Unknown =) ([^;]*);/.exec(source.replace(/\n +\|/g, ' |')) ?? [];
      return [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
    });
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !README.includes(`\`${code}\``))).toEqual([]);
  });
});

/** What an example prints that may import this package alone. */
function outputOf(example: string): readonly string[] {
  const require = (name: string): unknown => (name === '@plimsoll/capacity-core' ? capacityCore : undefined);
  return runExample(example, { require }).printed;
}
