import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from 'aws-cdk/package.json';
import { cloudFormation, type DescribedStack } from '../helpers/cloudformation.js';

const program = join(__dirname, '..', '..', 'lib', 'command', 'main.js');
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'eu-west-1' };
const BOOTSTRAPPED = { CDKToolkit: { status: 'CREATE_COMPLETE' } };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'command-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** A container engine that answers with an exit status. */
function engine(status: number): string {
  const file = join(home, `engine-${status}`);
  writeFileSync(file, `#!/bin/sh\necho 'no engine here' >&2\nexit ${status}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function run(argv: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [program, ...argv], {
    env: {
      PATH: join(process.execPath, '..'),
      HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DOCKER: engine(0),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const [status] = await once(child, 'close');
  return { status, ...output };
}

async function runAgainst(
  stacks: Readonly<Record<string, DescribedStack>>,
  argv: readonly string[],
  environment: Record<string, string> = {},
) {
  const aws = await cloudFormation(stacks);
  try {
    return await run(argv, { ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url, ...environment });
  } finally {
    await aws.close();
  }
}

test('without credentials, and without an engine, nothing starts, and both are told', async () => {
  const { status, stderr, stdout } = await run(['deploy'], { AWS_REGION: 'eu-west-1', CDK_DOCKER: engine(1) });
  expect(status).toBe(3);
  expect(stderr).toMatch(/nothing was started:\n- .*engine-1 does not answer \(no engine here\).*\n- there are no AWS credentials/);
  expect(stdout).toBe('');
});

test('a Region that nobody named, and a program that is none, are told', async () => {
  const { status, stderr } = await run(['deploy'], { CDK_DOCKER: join(home, 'none') });
  expect(status).toBe(3);
  expect(stderr).toMatch(/ENOENT/);
  expect(stderr).toMatch(/there is no AWS Region/);
});

test.each<[string, DescribedStack, RegExp]>([
  ['expired', { error: 'ExpiredToken', httpStatus: 403 }, /AWS refuses the credentials \(ExpiredToken\)/],
  ['unknown', { error: 'InvalidClientTokenId', httpStatus: 403 }, /AWS refuses the credentials \(InvalidClientTokenId\)/],
])('%s credentials are told', async (_, CDKToolkit, message) => {
  const { status, stderr } = await runAgainst({ CDKToolkit }, ['deploy']);
  expect(status).toBe(3);
  expect(stderr).toMatch(message);
});

test('an account that is not bootstrapped is told, in the Region that was named', async () => {
  const { status, stderr } = await runAgainst({}, ['deploy', '--region', 'eu-west-1']);
  expect(status).toBe(3);
  expect(stderr).toMatch(/npx cdk bootstrap/);
});

test('a protected stack is not destroyed, before anything is asked', async () => {
  const Todobackend = { status: 'UPDATE_COMPLETE', terminationProtection: true };
  const { status, stderr } = await runAgainst({ ...BOOTSTRAPPED, Todobackend }, ['destroy', '--yes', '-c', 'preset=production']);
  expect(status).toBe(3);
  expect(stderr).toMatch(/protected from deletion.*-c deletionProtection=false first/);
});

test('a deletion says what stays, and does not begin where nobody can confirm it', async () => {
  const { status, stderr } = await runAgainst({ ...BOOTSTRAPPED, Todobackend: { status: 'CREATE_COMPLETE' } }, ['destroy']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/account 111122223333, eu-west-1.*\nwhat: .*deleted.*\nleft: a last snapshot.*--yes\nnothing was started/s);
});

test.each(['deploy', 'destroy'])('%s: what is kept is said, then the CDK runs with the options given', async (verb) => {
  const stacks = { ...BOOTSTRAPPED, Todobackend: { status: 'CREATE_COMPLETE' } };
  // Its version is all that the CDK tells then.
  const { status, stdout, stderr } = await runAgainst(stacks, [verb, '--yes', '--version']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(version) });
  expect(stderr).toMatch(/^where: account 111122223333, eu-west-1; stack Todobackend, CREATE_COMPLETE/m);
});

test('what the CDK ends with is what the command ends with', async () => {
  const { status } = await runAgainst(BOOTSTRAPPED, ['deploy', '--yes', '--app', 'node --eval process.exit(7)']);
  expect(status).toBe(1);
});

test('a configuration that is refused never reaches the account', async () => {
  const { status, stderr } = await run(['deploy', '-c', 'preset=large'], {});
  expect(status).toBe(2);
  expect(stderr).toBe('preset is large: choose small or production\n');
});
