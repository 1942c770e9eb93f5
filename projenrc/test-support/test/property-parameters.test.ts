import { propertyParameters } from '../src/index.js';

test('without a variable a property runs as often as it says, from a seed that fast-check draws', () => {
  expect(propertyParameters(30, {})).toStrictEqual({ numRuns: 30 });
  expect(propertyParameters(30, { PLIMSOLL_TEST_SEED: '', PLIMSOLL_TEST_RUNS: '', PLIMSOLL_TEST_LEVEL: '' })).toStrictEqual({
    numRuns: 30,
  });
});

test('seed, number of runs and level are taken from the environment', () => {
  expect(propertyParameters(30, { PLIMSOLL_TEST_SEED: '-79' })).toStrictEqual({ numRuns: 30, seed: -79 });
  expect(propertyParameters(30, { PLIMSOLL_TEST_RUNS: '7' })).toStrictEqual({ numRuns: 7 });
  expect(propertyParameters(30, { PLIMSOLL_TEST_LEVEL: 'full' })).toStrictEqual({ numRuns: 600 });
  expect(propertyParameters(30, { PLIMSOLL_TEST_LEVEL: 'full', PLIMSOLL_TEST_RUNS: '7' })).toStrictEqual({ numRuns: 140 });
  expect(propertyParameters(30)).toStrictEqual(propertyParameters(30, process.env));
});

test.each([
  [{ PLIMSOLL_TEST_SEED: 'x' }, 'PLIMSOLL_TEST_SEED is "x": give a whole number'],
  [{ PLIMSOLL_TEST_RUNS: '1e3' }, 'PLIMSOLL_TEST_RUNS is "1e3": give a whole number'],
])('%j is refused', (env, message) => {
  expect(() => propertyParameters(30, env)).toThrow(expect.objectContaining({ code: 'INVALID_TEST_SETTING', message }));
});
