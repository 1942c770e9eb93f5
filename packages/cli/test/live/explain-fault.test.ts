import { explainFault } from '../../src/live/explain-fault.js';

const CONTEXT = { cluster: 'demo', where: 'https://ecs.example', timeoutSeconds: 5 };
const fault = (name: string, more: object = {}): Error => Object.assign(new RangeError('secret\n  detail'), { name, ...more });

describe('explainFault', () => {
  it.each([
    [fault('CredentialsProviderError'), 'no AWS credentials are found'],
    [fault('TokenProviderError'), 'aws sso login'],
    [fault('ExpiredTokenException'), 'refuses the AWS credentials (ExpiredTokenException)'],
    [fault('Error', { code: 'ENOTFOUND' }), 'cannot be reached (ENOTFOUND)'],
    [fault('Outer', { cause: fault('Middle', { cause: fault('TimeoutError') }) }), 'did not answer within 5 s'],
    [fault('Outer', { cause: fault('TypeError', { code: 'ERR_INVALID_URL' }) }), 'endpoint_url of the AWS configuration file is no URL'],
    [fault('Odd'), 'reading cluster demo from https://ecs.example failed: Odd: secret detail'],
    ['a text', 'failed: a text'],
    [undefined, 'failed: undefined'],
  ])('explains %s', (error, part) => {
    const line = explainFault(error, CONTEXT);
    expect(line).toContain(part);
    expect(line).not.toContain('\n');
  });

  it('does not follow causes that come round', () => {
    const circle = fault('Odd');
    circle.cause = circle;
    expect(explainFault(circle, CONTEXT)).toContain('failed: Odd');
  });

  it('shortens what others wrote', () => {
    expect(explainFault(Object.assign(new RangeError('x'.repeat(5_000)), {}), CONTEXT).length).toBeLessThan(400);
  });
});
