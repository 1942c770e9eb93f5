import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';
import * as simulator from '../src/index.js';

const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, example = '']) => example);

/** Runs the example that uses a function of the package; answers what it printed. */
async function printedBy(used: string, edit = (example: string) => example): Promise<readonly unknown[][]> {
  const [example = '', ...others] = examples.filter((candidate) => candidate.includes(used));
  expect(others).toEqual([]);
  const body = edit(example).replace(/^import .*$/m, '');
  const { outputText } = transpileModule(`(async () => {${body}})()`, { compilerOptions: { module: ModuleKind.CommonJS } });
  const printed: unknown[][] = [];
  await runInNewContext(outputText, { ...simulator, console: { log: (...words: unknown[]) => printed.push(words) } });
  return printed;
}

test('the README has four examples, each of which is run here', () => {
  expect(examples).toHaveLength(4);
});

test('the first tells of the host, and prints a command that names the endpoint', async () => {
  expect(await printedBy('onEvent')).toEqual([
    [
      'ECS Container Instance State Change',
      expect.stringMatching(/^arn:aws:ecs:us-east-1:111122223333:container-instance\/shop\/[0-9a-f]{32}$/),
    ],
    [expect.stringMatching(/^aws ecs list-container-instances --cluster shop --endpoint-url http:\/\/127\.0\.0\.1:\d+$/)],
  ]);
});

test('that of tasks which run knows the stack', async () => {
  expect(await printedBy('processes: true')).toEqual([
    [expect.stringMatching(/^arn:aws:cloudformation:us-east-1:111122223333:stack\/shop\//)],
  ]);
});

test('that of CloudWatch prints a command that names the endpoint', async () => {
  expect(await printedBy('createCloudWatch()')).toEqual([
    [expect.stringMatching(/^aws cloudwatch list-metrics --endpoint-url http:\/\/127\.0\.0\.1:\d+$/)],
  ]);
});

test('that of Lambda prints what the function answered and logged', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-readme-'));
  try {
    const codePath = path.join(folder, 'index.js');
    writeFileSync(codePath, 'exports.handler = async ({ Records }) => { console.log("seen"); return Records.length; };\n');
    const withPath = (example: string) => example.replace("'dist/index.js'", JSON.stringify(codePath));
    expect(await printedBy('startLambdaFunction', withPath)).toEqual([[0, [expect.stringContaining('seen')]]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
