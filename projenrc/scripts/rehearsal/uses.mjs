// Each package used as its users do, by what its published README shows.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPacked } from '../packed/files.mjs';

const run = promisify(execFile);

/** What the first example of a README prints, by package. */
const PRINTED = {
  'capacity-core': /^1\n0\.5\nMEMORY\n/,
  'event-schemas': /^invalid event for schema container-instance-state-change: detail\.version must be a whole number/,
  'cfn-response': /^$/,
  'capacity-lambda': /^ContainerCapacity 8\n$/,
  'task-runner-lambda': /^300 false 3\n$/,
  simulator:
    /^ECS Container Instance State Change arn:aws:ecs:.*\naws ecs list-container-instances --cluster shop --endpoint-url http:\/\/127\.0\.0\.1:\d+\n$/,
};

/** The first block of a language in the README that is published. */
function example({ tarball }, language) {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(readPacked(tarball, 'README.md'))?.[1] ?? '';
}

function node({ home, env }, file, source) {
  writeFileSync(join(home, file), source);
  return execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    cwd: home,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** The checks of a package's use; `packed` tells where it is installed. */
export function usesOf(packed) {
  const name = packed.manifest.name.split('/')[1];
  if (name === 'constructs') return [['a stack with both constructs is synthesised', () => synthesise(packed)]];
  if (name === 'cli') return commandLineUses(packed);
  return [
    [
      'the example of its README prints what it must',
      () => {
        const printed = node(packed, 'example.mts', example(packed, 'ts'));
        return PRINTED[name].test(printed) ? [] : [`printed: ${printed}`];
      },
    ],
  ];
}

function commandLineUses(packed) {
  const { home, version } = packed;
  const env = { ...packed.env, NO_COLOR: '1', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'dummy', AWS_SECRET_ACCESS_KEY: 'dummy' };
  const plimsoll = async (...args) => (await run('npx', ['--no-install', 'plimsoll', ...args], { cwd: home, env })).stdout;
  return [
    ['npx plimsoll --version', async () => expectText(await plimsoll('--version'), (text) => text.trim() === version)],
    [
      'npx plimsoll --help',
      async () =>
        expectText(await plimsoll('--help'), (text) =>
          ['capacity', 'replay', 'run-task', 'simulate', 'local'].every((word) => text.includes(word)),
        ),
    ],
    [
      'the example of its README counts as the README says',
      async () => {
        const path = `${join(home, 'node_modules/.bin')}:${env.PATH}`;
        const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', example(packed, 'sh')], { cwd: home, env: { ...env, PATH: path } });
        return expectText(stdout, (text) => text === example(packed, 'text'));
      },
    ],
    ['the bundled function and the program count the same of a live cluster', () => countLive(packed, env)],
  ];
}

function expectText(text, isRight) {
  return isRight(text) ? [] : [`printed: ${text}`];
}

/** Two tasks of 400 MiB on each of two hosts of 993 MiB. */
const LIVE_CAPACITY = 4;

/** Two hosts on the local endpoint, counted by the function's bundle and by the program, all of them installed. */
const LIVE = `
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { createCloudWatch, startLambdaFunction, startLocalEndpoint } from '@plimsoll/simulator';

const endpoint = await startLocalEndpoint({ services: [createCloudWatch()] });
endpoint.ecs('CreateCluster', { clusterName: 'shop' });
const totalResources = [['CPU', 1024], ['MEMORY', 993]].map(([name, integerValue]) => ({ name, type: 'INTEGER', integerValue }));
for (let host = 0; host < 2; host += 1) endpoint.ecs('RegisterContainerInstance', { cluster: 'shop', totalResources });
const args = ['--no-install', 'plimsoll', 'capacity', '--cluster', 'shop', '--task-size', 'web=250:400', '--endpoint-url', endpoint.url, '--json'];
const { stdout } = await promisify(execFile)('npx', args);
const lambda = await startLambdaFunction({
  codePath: createRequire(import.meta.url).resolve('@plimsoll/capacity-lambda/bundle'),
  region: endpoint.region,
  environment: {
    AWS_ENDPOINT_URL: endpoint.url,
    PLIMSOLL_CLUSTERS: 'shop',
    PLIMSOLL_TASK_SIZES: JSON.stringify([{ name: 'web', cpuUnits: 250, memoryMiB: 400 }]),
  },
});
const result = await lambda.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
const published = result.logs.map((line) => JSON.parse(line)).find(({ message }) => message === 'capacity published');
console.log(JSON.stringify({ program: JSON.parse(stdout).containerCapacity, published: published?.containerCapacity ?? result }));
await lambda.close();
await endpoint.close();
`;

async function countLive({ home }, env) {
  writeFileSync(join(home, 'live.mjs'), LIVE);
  const { stdout } = await run(process.execPath, ['live.mjs'], { cwd: home, env });
  const { program, published } = JSON.parse(stdout);
  return program === LIVE_CAPACITY && published === LIVE_CAPACITY ? [] : [stdout];
}

/** A stack as a user of the constructs writes it. */
const STACK = `
import { App, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, ContainerImage, Ec2Service, Ec2TaskDefinition, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { ClusterCapacity, TaskRun, TaskSize } from '@plimsoll/constructs';

const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
const cluster = new Cluster(stack, 'Cluster', { vpc });
const autoScalingGroup = new AutoScalingGroup(stack, 'Hosts', {
  vpc,
  instanceType: new InstanceType('t3.medium'),
  machineImage: EcsOptimizedImage.amazonLinux2023(),
});
const capacityProvider = new AsgCapacityProvider(stack, 'Provider', {
  autoScalingGroup,
  enableManagedScaling: false,
  enableManagedTerminationProtection: false,
});
cluster.addAsgCapacityProvider(capacityProvider);
const definition = (id: string): Ec2TaskDefinition => {
  const made = new Ec2TaskDefinition(stack, id);
  made.addContainer('main', { image: ContainerImage.fromRegistry('busybox'), cpu: 250, memoryLimitMiB: 400 });
  return made;
};
const web = definition('Web');
const service = new Ec2Service(stack, 'Service', { cluster, taskDefinition: web });
const migration = new TaskRun(stack, 'Migration', { cluster, taskDefinition: definition('Migrate') });
migration.executeBefore(service);
new ClusterCapacity(stack, 'Capacity', { cluster, capacityProvider, taskSizes: [TaskSize.fromTaskDefinition(web, { headroom: 2 })] });
const { template } = app.synth().getStackByName('Shop');
console.log(JSON.stringify(Object.values(template.Resources).map(({ Type }: { Type: string }) => Type)));
`;

const SYNTHESISED = ['Custom::PlimsollTaskRun', 'AWS::Lambda::Function', 'AWS::CloudWatch::Alarm', 'AWS::ECS::Service'];

function synthesise(packed) {
  const { home, manifest } = packed;
  const types = JSON.parse(node(packed, 'stack.mts', STACK));
  const folders = readdirSync(join(home, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  const inAssets = new Set(
    folders
      .map((name) => join(home, 'cdk.out', name, 'index.js'))
      .filter(existsSync)
      .map((path) => readFileSync(path, 'utf8')),
  );
  const assets = join(home, 'node_modules', manifest.name, 'assets');
  const bundles = readdirSync(assets);
  return [
    ...SYNTHESISED.filter((type) => !types.includes(type)).map((type) => `the template has no ${type}`),
    ...(bundles.length === 2 ? [] : [`the package carries ${bundles.join(', ')}`]),
    ...bundles
      .filter((name) => !inAssets.has(readFileSync(join(assets, name, 'index.js'), 'utf8')))
      .map((name) => `${name} is no asset of the stack`),
  ];
}
