import { PassThrough } from 'node:stream';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { createLogLines } from '../../src/lambda/log-lines.js';
import { endOfInvocation } from '../../src/lambda/marker.js';

it('ends an invocation only when its marker has been read, after every line before it', async () => {
  const logs = createLogLines(() => undefined);
  const stream = new PassThrough();
  logs.follow(stream);
  let over = false;
  const end = logs.endOf('one').then(() => {
    over = true;
  });
  stream.write('first\nsec');
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  stream.write(`ond${endOfInvocation('one')}\nthird\n`);
  await end;
  expect(logs.take()).toEqual(['first', 'second', 'third']);
  expect(logs.take()).toEqual([]);
});

it('does not depend on how the stream is cut, in the middle of a character too', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ä', '\u{1f600}', '\r', ' ', '\0'), maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 10 }), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const heard: string[] = [];
      const logs = createLogLines((one) => heard.push(one));
      const stream = new PassThrough();
      logs.follow(stream);
      const bytes = Buffer.from(`${lines.map((one) => `${one}\n`).join('')}${endOfInvocation('one')}\n`);
      for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
      await logs.endOf('one');
      expect(logs.take()).toEqual(lines);
      expect(heard).toEqual(lines);
    }),
    propertyParameters(100),
  );
});

it('keeps a last line that does not end', async () => {
  const logs = createLogLines(() => undefined);
  const stream = new PassThrough();
  logs.follow(stream);
  stream.end('a\nb');
  await new Promise((resolve) => stream.once('close', resolve));
  expect(logs.take()).toEqual(['a', 'b']);
});
