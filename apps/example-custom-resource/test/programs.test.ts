import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const app = join(__dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'example-custom-resource-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a program of the app as a machine would that has no AWS credentials; npm's own programs bundle the function. */
function run(program: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true', ...variables };
  return spawnSync(process.execPath, [join(app, 'lib', program)], { cwd: folder, encoding: 'utf8', env });
}

test('the app is synthesised without credentials, its role may only log; validator and cdk-nag find nothing', () => {
  const CDK_OUTDIR = join(folder, 'cdk.out');
  const { context } = JSON.parse(readFileSync(join(app, 'cdk.json'), 'utf8'));
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, url: 'https://todo.example.com/', text: 'ready' });
  const { status, stderr } = run('main.js', { CDK_OUTDIR, CDK_CONTEXT_JSON });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const { Resources } = JSON.parse(readFileSync(join(CDK_OUTDIR, 'ExampleCheck.template.json'), 'utf8')) as { Resources: Resources };
  const ofType = (type: string) => Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  expect(ofType('Custom::AddressCheck')).toMatchObject([
    { Url: 'https://todo.example.com/', ExpectedText: 'ready', ServiceTimeout: '390' },
  ]);
  const actions = JSON.stringify(ofType('AWS::IAM::Policy')).match(/"[a-z]+:\w+"/g);
  expect(actions).toEqual(['"logs:CreateLogStream"', '"logs:PutLogEvents"']);
});

test('on one machine, each request of a stack is answered once, over HTTPS, by the bundle that would be deployed', () => {
  const { status, stdout, stderr } = run('local/main.js');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout.match(/^== .*/gm)).toEqual([
    '== the service starts: CREATE_COMPLETE',
    '== another version is expected: UPDATE_ROLLBACK_COMPLETE',
    '== the stack is deleted: DELETE_COMPLETE',
  ]);
  expect(stdout).toContain('Create: {"Status":"SUCCESS","Data":{"Attempts":3,"Body":"version 2"}}');
  expect(stdout).toMatch(/Update: \{"Status":"FAILED","Reason":"http:\S+ answered another text, at try \d+: status 200 with the text/);
}, 180_000);

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: unknown }>>;
