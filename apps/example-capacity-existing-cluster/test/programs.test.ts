import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const app = join(__dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'example-capacity-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a program of the app as a machine would that has no AWS credentials. */
function run(program: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: join(process.execPath, '..'), HOME: folder, TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true', ...variables };
  return spawnSync(process.execPath, [join(app, 'lib', program)], { cwd: folder, encoding: 'utf8', env });
}

/** Synthesises the app with `cdk.json`'s context and more, as `npx cdk synth` does. */
function synthesise(context: Readonly<Record<string, string>>) {
  const { context: usual } = JSON.parse(readFileSync(join(app, 'cdk.json'), 'utf8'));
  const CDK_OUTDIR = join(folder, 'cdk.out');
  const { status, stderr } = run('main.js', { CDK_OUTDIR, CDK_CONTEXT_JSON: JSON.stringify({ ...usual, ...context }) });
  return { folder: CDK_OUTDIR, status, stderr };
}

test('the app is synthesised without credentials, for what the context names; validator and cdk-nag find nothing', () => {
  const { folder: output, status, stderr } = synthesise({ cluster: 'quay', autoScalingGroup: 'quay-hosts' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { Resources } = JSON.parse(readFileSync(join(output, 'ExampleCapacity.template.json'), 'utf8')) as { Resources: Resources };
  const all = Object.values(Resources);
  const ofType = (type: string) => all.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  // Nothing of what was there is made anew, and the group of that name is scaled.
  for (const type of ['AWS::ECS::Cluster', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::VPC']) expect(ofType(type)).toEqual([]);
  expect(ofType('AWS::AutoScaling::ScalingPolicy')).toMatchObject([{ AutoScalingGroupName: 'quay-hosts', PolicyType: 'StepScaling' }]);
  // Events of this cluster alone, and no host is removed until somebody says otherwise.
  const patterns = ofType('AWS::Events::Rule').flatMap(({ EventPattern }) =>
    EventPattern === undefined ? [] : JSON.stringify(EventPattern),
  );
  expect(patterns).not.toEqual([]);
  for (const pattern of patterns) expect(pattern).toContain('cluster/quay');
  expect(JSON.stringify(ofType('AWS::Lambda::Function')).replaceAll('\\', '')).toContain('"dryRun":true');
});

test('what the validator finds fails the synthesis', () => {
  const { status, stderr } = synthesise({ autoScalingGroup: 'x'.repeat(300) });
  expect(status).not.toBe(0);
  expect(stderr).toContain('AutoScalingGroupName: length 300 exceeds maximum 255');
});

test('on one machine, program and function count the same, and lack of room is an exit status and a host short', () => {
  const { status, stdout, stderr } = run('local/main.js');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/published: .*/g)).toEqual([
    'published: ContainerCapacity of web 2, HostsShort 0',
    'published: ContainerCapacity of web 0, HostsShort 1',
    'published: ContainerCapacity of web 1, HostsShort 0',
  ]);
  expect(stdout.match(/exit status \d/g)).toEqual(['exit status 0', 'exit status 1', 'exit status 0']);
});

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
