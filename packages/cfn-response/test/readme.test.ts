import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, runExample } from '@plimsoll/test-support/readme-example';
import * as library from '../src';
import { answered } from './helpers/invoke';
import { event } from './helpers/requests';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

test('the example of the README answers what the README says', async () => {
  const [example = ''] = codeBlocks(readme, 'ts');
  const [, start, end] = /^\/\/ answers (.*),…,(.*)$/m.exec(example) ?? [];
  const bodies: string[] = [];
  const put: library.Put = async ({ body }) => {
    bodies.push(new TextDecoder().decode(body));
    return answered(200);
  };
  const customResource = (handlers: library.CustomResourceHandlers) => library.customResource(handlers, { put, log: () => {} });
  const { handler } = runExample(example, { require: () => ({ ...library, customResource }) }).exports;
  const context = { getRemainingTimeInMillis: () => 3000 };
  await handler(event('Create', { ResourceProperties: { Port: '5432', Public: 'false' } }), context);
  await handler(event('Create', { ResourceProperties: { Port: '0', Public: 'no' } }), context);
  expect(bodies).toHaveLength(2);
  expect(start).toMatch(/^\{"Status"/);
  expect(bodies[0]?.startsWith(start ?? '?')).toBe(true);
  expect(bodies[0]?.endsWith(end ?? '?')).toBe(true);
  expect(bodies[1]).toContain('"Reason":"invalid properties: Port must be');
});

test('every code and option the README names exists, and every function it names is exported', () => {
  const source = ['response', 'errors', 'handler', 'request', 'coerce-properties', 'options']
    .map((file) => readFileSync(join(__dirname, '..', 'src', `${file}.ts`), 'utf8'))
    .join('');
  const codes = [...readme.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(8);
  for (const code of codes) expect(source).toContain(`'${code}'`);
  const parts = /## The parts\n\n(.*)\n/.exec(readme)?.[1] ?? '';
  const names = [...(parts.split(' work by themselves')[0]?.matchAll(/`(\w+)`/g) ?? [])].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(library).toHaveProperty(name);
});
