import { credentialsFromEnvironment } from '../src/credentials.js';

describe('credentialsFromEnvironment', () => {
  test('reads the environment each time it is asked', async () => {
    const env: Record<string, string> = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' };
    const provide = credentialsFromEnvironment(env);
    expect(await provide()).toEqual({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    env.AWS_ACCESS_KEY_ID = 'd';
    delete env.AWS_SESSION_TOKEN;
    expect(await provide()).toEqual({ accessKeyId: 'd', secretAccessKey: 'b' });
  });

  test.each([
    [{ AWS_SECRET_ACCESS_KEY: 'b' }, 'AWS_ACCESS_KEY_ID'],
    [{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: '' }, 'AWS_SECRET_ACCESS_KEY'],
  ])('names the variable that is absent from %j', async (env, variable) => {
    await expect(credentialsFromEnvironment(env)()).rejects.toMatchObject({
      code: 'MISSING_CREDENTIALS',
      message: expect.stringContaining(variable),
    });
  });
});
