import { inspect } from 'node:util';
import { type CustomResourceHandlers, HandlerFailure, type HandlerResult, type PutOutcome } from '../src';
import { all, answered, invoke } from './helpers/invoke';
import { RESPONSE_URL, SECRETS } from './helpers/requests';

describe('the signed address', () => {
  test.each<[string, unknown]>([
    ['in a message', new TypeError(`PUT ${RESPONSE_URL} failed`)],
    ['in a string', RESPONSE_URL],
    ['broken up by escapes', `PUT ${RESPONSE_URL.slice(0, 150)}\u001b[0m${RESPONSE_URL.slice(150)}`],
    ['in a cause', new TypeError('x', { cause: new TypeError(RESPONSE_URL) })],
    ['in a HandlerFailure', new HandlerFailure(RESPONSE_URL)],
    ['as JSON', new TypeError(JSON.stringify({ url: RESPONSE_URL, 'X-Amz-Signature': '5ec2e75ec2e75ec2e75ec2e75ec2e75e' }))],
    ['doubly encoded', new TypeError(encodeURIComponent(encodeURIComponent(RESPONSE_URL)))],
    ['the bare signature', new TypeError('5ec2e75ec2e75ec2e75ec2e75ec2e75e')],
    ['wrapped', new TypeError(RESPONSE_URL.replace(/.{76}/g, '$&\n'))],
    ['as the id of what exists', new HandlerFailure('x', { physicalResourceId: RESPONSE_URL })],
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

  test.each<[string, HandlerResult]>([
    ['an attribute', { Data: { Callback: RESPONSE_URL } }],
    ['the depths of one', { Data: { Event: { nested: [encodeURIComponent(RESPONSE_URL)] } } }],
    ['the name of one', { Data: { [RESPONSE_URL]: 1 } }],
    ['an attribute, the signature alone', { Data: { Sig: '5ec2e75ec2e75ec2e75ec2e75ec2e75e' } }],
    ['the id', { PhysicalResourceId: RESPONSE_URL }],
    ['the id, the signature alone', { PhysicalResourceId: '5ec2e75ec2e75ec2e75ec2e75ec2e75e' }],
  ])('is not answered as %s: FAILED, with nothing of it in the answer', async (_name, result) => {
    let measured: unknown;
    const create: CustomResourceHandlers['create'] = (_request, { measure }) => {
      measured = measure(result);
      return result;
    };
    const { bodies, log } = await invoke({ handlers: { create } });
    expect(bodies).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('signed URL') }]);
    const code = 'Data' in result ? 'DATA_HOLDS_SIGNED_URL' : 'PHYSICAL_RESOURCE_ID_INVALID';
    expect(measured).toMatchObject({ ok: false, error: { code } });
    for (const secret of SECRETS) expect(JSON.stringify([bodies, log, measured])).not.toContain(secret);
  });

  test('Data may hold another signed address', async () => {
    const Data = { Download: 'https://artefacts.test/a.zip?X-Amz-Signature=0123456789abcdef0123' };
    expect((await invoke({ handlers: { create: () => ({ Data }) } })).bodies).toMatchObject([{ Status: 'SUCCESS', Data }]);
  });

  test('is not told where an injected put reports it', async () => {
    const put = async () => ({ kind: 'failed', phase: RESPONSE_URL, code: RESPONSE_URL }) as unknown as PutOutcome;
    const { log, rejection } = await invoke({ handlers: { create: () => {} }, options: { put }, remainingMs: 2000 });
    const printed = `${JSON.stringify(log)} ${inspect(rejection, { depth: 9, showHidden: true })}`;
    for (const secret of SECRETS) expect(printed).not.toContain(secret);
    expect(rejection).toMatchObject({ code: 'RESPONSE_NOT_DELIVERED', last: { code: 'UNKNOWN' } });
  });

  test("is not answered in a success's reason either", async () => {
    const { bodies } = await invoke({ handlers: { create: () => ({ Reason: `see ${RESPONSE_URL}` }) } });
    expect(bodies).toMatchObject([{ Reason: 'see [signed URL]' }]);
  });
});
