import { basename, dirname, extname } from 'node:path';
import type { FunctionConfiguration } from './options.js';

/** What the environment variables of a process are made of, beside the function's configuration. */
export interface ProcessFacts {
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  /** Folder of the program that runs the function. */
  readonly runtimeFolder: string;
  /** Log stream of the process. */
  readonly logStreamName: string;
  /** `PATH` of this process. */
  readonly path: string;
  /** Version of Node.js that runs the function, such as `24.1.0`. */
  readonly nodeVersion: string;
}

/** Variables Lambda sets and nobody else may; `TZ`, `LANG` and `PATH` are not among them (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime). */
const RESERVED: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** Whether a variable is one that only Lambda sets. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * The environment variables of a function's process: those Lambda sets, `PATH`, and the function's own, which
 * override `PATH`, `LANG` and `TZ`.
 * Nothing comes from the environment of this process but `PATH`. The credentials are dummies.
 */
export function environmentOf(configuration: FunctionConfiguration, facts: ProcessFacts): Readonly<Record<string, string>> {
  const { codePath, handler, functionName, memorySizeMiB, region, environment } = configuration;
  return {
    PATH: facts.path,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...environment,
    _HANDLER: `${basename(codePath, extname(codePath))}.${handler}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${facts.nodeVersion.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMiB),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStreamName,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'local-secret-access-key',
    AWS_SESSION_TOKEN: 'local-session-token',
    LAMBDA_TASK_ROOT: dirname(codePath),
    LAMBDA_RUNTIME_DIR: facts.runtimeFolder,
  };
}

/**
 * Heap flags for a memory size: a tenth for the new space and the buffers beside it, the rest for the old space.
 * The division is this project's own choice: AWS documents none.
 */
export function heapFlags(memorySizeMiB: number): readonly string[] {
  const newSpaceMiB = Math.floor(memorySizeMiB / 10);
  return [`--max-semi-space-size=${Math.floor(newSpaceMiB / 2)}`, `--max-old-space-size=${memorySizeMiB - newSpaceMiB}`];
}
