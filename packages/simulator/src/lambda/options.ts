import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isReserved } from './environment.js';
import { InvalidLambdaOptionError } from './lambda-error.js';

/** Options of a function. */
export interface LambdaFunctionOptions {
  /** The bundled file, CommonJS or an ES module. Its folder is the function's working directory. */
  readonly codePath: string;
  /**
   * Name of the export to call.
   *
   * @default 'handler'
   */
  readonly handler?: string;
  /**
   * Name of the function: 1 to 64 letters, digits, hyphens and underscores.
   *
   * @default 'local-function'
   */
  readonly functionName?: string;
  /**
   * Region the function is told it runs in.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;
  /**
   * Environment variables of the function, beside those Lambda sets. Those cannot be set here, as they
   * cannot on AWS (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
   *
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Time an invocation may take, in whole seconds, 1 to 900
   * (`Timeout` of https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).
   *
   * @default 3
   */
  readonly timeoutSeconds?: number;
  /**
   * Time the loading of the code may take, in seconds, above 0
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html).
   *
   * @default 10
   */
  readonly initTimeoutSeconds?: number;
  /**
   * Memory of the function in MiB, 128 to 10240 (`MemorySize` of API_CreateFunction). Bounds the heap only.
   *
   * @default 128
   */
  readonly memorySizeMiB?: number;
  /** Called with each line the function logs, when it comes. */
  readonly onLog?: (line: string) => void;
}

/** Options with every default filled in. */
export type FunctionConfiguration = Required<Omit<LambdaFunctionOptions, 'onLog'>> & { readonly onLog: (line: string) => void };

/** Fills in the defaults and refuses what Lambda would. */
export function configure(options: LambdaFunctionOptions): FunctionConfiguration {
  const configuration: FunctionConfiguration = {
    codePath: resolve(options.codePath),
    handler: options.handler ?? 'handler',
    functionName: options.functionName ?? 'local-function',
    region: options.region ?? 'us-east-1',
    environment: { ...options.environment },
    timeoutSeconds: options.timeoutSeconds ?? 3,
    initTimeoutSeconds: options.initTimeoutSeconds ?? 10,
    memorySizeMiB: options.memorySizeMiB ?? 128,
    onLog: options.onLog ?? (() => undefined),
  };
  const { codePath, functionName, timeoutSeconds, initTimeoutSeconds, memorySizeMiB, environment } = configuration;
  check('codePath', existsSync(codePath), `there is no file ${codePath}: bundle the function first`);
  check(
    'functionName',
    /^[\w-]{1,64}$/.test(functionName),
    `functionName is ${JSON.stringify(functionName)}: give 1 to 64 letters, digits, - and _`,
  );
  check(
    'timeoutSeconds',
    isWithin(timeoutSeconds, 1, 900),
    `timeoutSeconds is ${timeoutSeconds}: give a whole number of seconds from 1 to 900`,
  );
  check(
    'initTimeoutSeconds',
    initTimeoutSeconds > 0 && initTimeoutSeconds <= 900,
    `initTimeoutSeconds is ${initTimeoutSeconds}: give up to 900 seconds`,
  );
  check(
    'memorySizeMiB',
    isWithin(memorySizeMiB, 128, 10_240),
    `memorySizeMiB is ${memorySizeMiB}: give a whole number of MiB from 128 to 10240`,
  );
  const reserved = Object.keys(environment).filter(isReserved);
  check('environment', reserved.length === 0, `environment sets ${reserved.join(', ')}, which Lambda sets itself: leave it out`);
  return configuration;
}

function check(option: string, holds: boolean, message: string): void {
  if (!holds) throw new InvalidLambdaOptionError(option, message);
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
