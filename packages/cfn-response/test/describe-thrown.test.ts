import { describeThrown } from '../src';
import { HOSTILE } from './helpers/hostile-values';

class Named extends Error {
  public override readonly name = 'AccessDeniedException';
}

test.each<[string, unknown, string]>([
  ['an error', new TypeError('boom'), 'TypeError: boom'],
  ["a service's error", new Named('no s3:GetObject'), 'AccessDeniedException: no s3:GetObject'],
  ['an error without a message', new RangeError(), 'RangeError without a message'],
  ['a string', 'boom', 'boom'],
  ['an empty string', '', 'the handler threw an empty string'],
  ['undefined', undefined, 'the handler threw undefined'],
  ['null', null, 'the handler threw null'],
  ['a number', 42, 'the handler threw 42'],
  ['a symbol', Symbol('s'), 'the handler threw Symbol(s)'],
  ['a bigint', 42n, 'the handler threw 42'],
  ['a function', () => {}, 'the handler threw a function'],
  ['an object with a message', { message: 'boom' }, 'boom'],
  ['an object with a number as message', { name: 'Odd', message: 7 }, 'Odd without a message'],
  ['an object that tells nothing', { secret: 'x' }, 'the handler threw an object without a message'],
  ['a cause', new TypeError('outer', { cause: new RangeError('inner') }), 'TypeError: outer (caused by RangeError: inner)'],
  ['a cause that is a string', new TypeError('outer', { cause: 'inner' }), 'TypeError: outer (caused by inner)'],
  ['several errors', new AggregateError([new TypeError('a'), 'b'], 'all'), 'AggregateError: all [TypeError: a; b]'],
])('%s', (_name, thrown, expected) => {
  expect(describeThrown(thrown)).toBe(expected);
});

test('causes in a circle end', () => {
  const error: Error & { cause?: unknown } = new TypeError('round');
  error.cause = error;
  expect(describeThrown(error).match(/round/g)).toHaveLength(4);
});

test('many inner errors are cut to three', () => {
  expect(
    describeThrown(
      new AggregateError(
        Array.from({ length: 50 }, (_, index) => `e${index}`),
        'm',
      ),
    ),
  ).toBe('AggregateError: m [e0; e1; e2]');
});

test.each(HOSTILE)('%s is described, not thrown again', (_name, make) => {
  const text = describeThrown(make());
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThan(3_000_000);
});
