/** Leaves this process nothing of AWS but dummy keys while the tests of a file run. */
export function dummyAwsEnvironment(): void {
  const outside = { ...process.env };
  beforeAll(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_EC2_METADATA_DISABLED: 'true' });
  });
  afterAll(() => {
    process.env = outside;
  });
}
