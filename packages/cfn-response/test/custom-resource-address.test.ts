import { inspect } from 'node:util';
import { HandlerFailure } from '../src';
import { all, answered, invoke } from './helpers/invoke';
import { RESPONSE_URL, SECRETS } from './helpers/requests';

describe('the signed address', () => {
  test.each<[string, unknown]>([
    ['in a message', new TypeError(`PUT ${RESPONSE_URL} failed`)],
    ['in a string', RESPONSE_URL],
    ['broken up by escapes', `PUT ${RESPONSE_URL.slice(0, 150)}\u001b[0m${RESPONSE_URL.slice(150)}`],
    ['in a cause', new TypeError('x', { cause: new TypeError(RESPONSE_URL) })],
    ['in a HandlerFailure', new HandlerFailure(RESPONSE_URL)],
    ['in a name', Object.assign(new TypeError('x'), { name: RESPONSE_URL })],
  ])('is neither answered nor logged, though the handler throws it: %s', async (_name, thrown) => {
    for (const outcomes of [[answered(200)], [answered(403)]]) {
      const { bodies, log, rejection } = await invoke({ handlers: all(() => Promise.reject(thrown)), outcomes });
      expect(bodies).toHaveLength(1);
      const stack = rejection instanceof Error ? rejection.stack : '';
      const printed = `${JSON.stringify(bodies)} ${JSON.stringify(log)} ${inspect(rejection, { depth: 9, showHidden: true })} ${stack}`;
      for (const secret of SECRETS) expect(printed).not.toContain(secret);
    }
  });

  test('is never shown in part, wherever the end of what is looked at falls', async () => {
    // Escapes use up the window but nothing of the response, so that what is cut would be shown.
    for (const window of [65_536, 131_072]) {
      for (let offset = 0; offset <= RESPONSE_URL.length; offset += 19) {
        const escapes = '\u001b[0m'.repeat(window / 4);
        const thrown = `${'-'.repeat(offset % 4)}${escapes.slice(0, window - offset - (offset % 4))}${RESPONSE_URL}${'x'.repeat(9000)}`;
        const { bodies, log } = await invoke({ handlers: all(() => Promise.reject(thrown)) });
        for (const secret of SECRETS) expect(`${JSON.stringify(bodies)}${JSON.stringify(log)}`).not.toContain(secret);
      }
    }
  });

  test("is not answered in a success's reason either", async () => {
    const { bodies } = await invoke({ handlers: { create: () => ({ Reason: `see ${RESPONSE_URL}` }) } });
    expect(bodies).toMatchObject([{ Reason: 'see [signed URL]' }]);
  });
});
