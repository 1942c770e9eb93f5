import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lambdaVariables, startLambdaProcess } from '../src/index.js';

const CODE = `
exports.handler = async (event, context) => {
  console.log('out');
  console.error('err');
  if (event.exits) process.exit(event.exits);
  if (event.throws) throw Object.assign(new TypeError('no such thing'), { code: 'ODD' });
  return event.isSilent ? undefined : { name: context.functionName, left: context.getRemainingTimeInMillis(), env: Object.keys(process.env) };
};
`;

let folder: string;
let codePath: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-support-'));
  codePath = join(folder, 'index.js');
  writeFileSync(codePath, CODE);
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a handler gets the event, its name and its time, and the process the variables given and no other', async () => {
  const env = lambdaVariables('harbour', 'http://127.0.0.1:1');
  const lambda = startLambdaProcess({ codePath, env, remainingMillis: 5_000 });
  const { value } = await lambda.invoke({});
  const { left, ...others } = value as { readonly left: number };
  expect(others).toEqual({ name: 'harbour', env: expect.arrayContaining(Object.keys(env)) });
  expect((others as unknown as { readonly env: readonly string[] }).env).not.toContain('HOME');
  expect(left).toBeLessThanOrEqual(5_000);
  const later = await lambda.invoke({}, 90_000);
  expect((later.value as { readonly left: number }).left).toBeGreaterThan(5_000);
  await lambda.end();
});

test('nothing returned is null, an error has its code, and the streams are apart', async () => {
  const lambda = startLambdaProcess({ codePath, env: {} });
  expect(await lambda.invoke({ isSilent: true })).toEqual({ value: null });
  expect(await lambda.invoke({ throws: true })).toEqual({ error: { code: 'ODD', message: 'no such thing' } });
  expect(await lambda.end()).toEqual({ exitCode: 0, stdout: 'out\nout\n', stderr: 'err\nerr\n' });
});

test('a process that ends instead of answering is told of, with what it wrote', async () => {
  const lambda = startLambdaProcess({ codePath, env: {} });
  await expect(lambda.invoke({ exits: 3 })).rejects.toMatchObject({ code: 'LAMBDA_ENDED', message: 'the function ended: err\n' });
  expect(await lambda.end()).toMatchObject({ exitCode: 3 });
});

test('without the file nothing is started', () => {
  const absent = join(folder, 'absent.js');
  expect(() => startLambdaProcess({ codePath: absent, env: {} })).toThrow(
    expect.objectContaining({ code: 'MISSING_BUNDLE', message: `there is no ${absent}: run the task bundle first` }),
  );
});
