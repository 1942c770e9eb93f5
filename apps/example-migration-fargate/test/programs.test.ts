import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const app = join(__dirname, '..');
const guestbook = join(app, 'service', 'guestbook.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'example-migration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a program of the app as a machine would that has neither AWS credentials nor Docker. */
function run(program: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: join(process.execPath, '..'), HOME: folder, TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true', ...variables };
  return spawnSync(process.execPath, [join(app, 'lib', program)], { cwd: folder, encoding: 'utf8', env });
}

test('the app is synthesised without credentials, and the service waits for the migration; validator and cdk-nag find nothing', () => {
  const CDK_OUTDIR = join(folder, 'cdk.out');
  const CDK_CONTEXT_JSON = JSON.stringify(JSON.parse(readFileSync(join(app, 'cdk.json'), 'utf8')).context);
  const { status, stderr } = run('main.js', { CDK_OUTDIR, CDK_CONTEXT_JSON });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { Resources } = JSON.parse(readFileSync(join(CDK_OUTDIR, 'ExampleGuestbook.template.json'), 'utf8')) as { Resources: Resources };
  const [service, ...services] = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::ECS::Service');
  const [migration, ...migrations] = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'Custom::PlimsollTaskRun');
  expect([services, migrations]).toEqual([[], []]);
  const before = everythingBefore(Resources, service ?? '');
  expect(before).toContain(migration);
  // And the migration for the files, and for the way to them.
  const types = [...everythingBefore(Resources, migration ?? '')].map((id) => Resources[id]?.Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::EFS::MountTarget', 'AWS::EC2::SecurityGroupIngress', 'AWS::EFS::AccessPoint']));
});

test('on one machine, a migration that succeeds lets the deployment go on, and one that fails says why and rolls back', () => {
  const { status, stdout, stderr } = run('local/main.js');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/^== .*/gm)).toEqual([
    '== data of layout 1: CREATE_COMPLETE',
    '== data of a later version: UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(stdout).toContain('{"layout":2,"entries":[{"text":"moored at dawn","writtenAt":null},{"text":"fair wind","writtenAt":null}]}');
  expect(stdout).toMatch(/container migrate exited with code 3;.*\n.*\n.*\n {2}layout 7 is of a later version/);
}, 180_000);

test('the service serves what was migrated, over HTTP, and nothing before', async () => {
  writeFileSync(join(folder, 'guestbook.json'), '["ahoy"]');
  const env = { DATA_DIRECTORY: folder, PORT: '0' };
  expect(spawnSync(process.execPath, [guestbook, 'serve'], { env })).toMatchObject({ status: 1 });
  for (let time = 0; time < 2; time++) expect(spawnSync(process.execPath, [guestbook, 'migrate'], { env })).toMatchObject({ status: 0 });
  const service = spawn(process.execPath, [guestbook, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface(service.stdout), 'line')) as string[];
    const answer = await fetch(`http://127.0.0.1:${line?.split(' ').at(-1)}/`);
    expect(await answer.json()).toEqual({ layout: 2, entries: [{ text: 'ahoy', writtenAt: null }] });
  } finally {
    service.kill();
  }
  expect(await once(service, 'exit')).toEqual([0, null]);
});

type Resources = Readonly<Record<string, { readonly Type: string; readonly DependsOn?: readonly string[]; readonly Properties?: unknown }>>;

/** Logical ids of everything that CloudFormation makes before a resource. */
function everythingBefore(resources: Resources, id: string, found: Set<string> = new Set()): Set<string> {
  const { DependsOn = [], Properties } = resources[id] ?? {};
  const text = JSON.stringify(Properties ?? {});
  const referred = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, name]) => name ?? '');
  for (const next of [...DependsOn, ...referred]) {
    if (next in resources && !found.has(next)) everythingBefore(resources, next, found.add(next));
  }
  return found;
}
