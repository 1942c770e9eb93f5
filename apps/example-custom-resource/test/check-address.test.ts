import { type Answer, checkAddress, type Wanted } from '../src/check-address.js';

const WANTED: Wanted = { Url: 'http://service.test/', ExpectedStatus: 200, ExpectedText: undefined, TimeoutSeconds: 10, IntervalMs: 10 };

/** A clock that moves on by a second with each look at it, and an address whose answers are given. */
function effects(answers: ReadonlyArray<Partial<Answer> | Error>, remaining = 60_000) {
  let asked = 0;
  let seconds = 0;
  return {
    fetch: async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return { status: 200, text: async () => '', ...answer };
    },
    now: () => 1000 * seconds++,
    remainingMs: () => remaining,
    signal: new AbortController().signal,
    asked: () => asked,
  };
}

test('it asks until the address answers as wanted, and gives the beginning of the body', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  const outcome = await checkAddress(WANTED, effects([refused, { status: 503 }, { text: async () => 'x'.repeat(300) }]));
  expect(outcome).toEqual({ ok: true, attempts: 3, body: 'x'.repeat(200) });
});

test.each([
  [{ status: 404 }, 'answered 404'],
  [Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }), 'did not answer (ECONNREFUSED)'],
  [Object.assign(new TypeError('late'), { name: 'TimeoutError' }), 'did not answer (TimeoutError)'],
])('time over, it says what the last try met', async (answer, met) => {
  const outcome = await checkAddress(WANTED, effects([answer]));
  expect(outcome).toEqual({ ok: false, reason: `http://service.test/ ${met}, at try 10: status 200 was wanted` });
});

test('it ends before CloudFormation must be answered, though more time was wanted', async () => {
  const soon = effects([{ status: 503 }], 4000);
  expect(await checkAddress(WANTED, soon)).toMatchObject({ ok: false });
  expect(soon.asked()).toBe(3);
});
