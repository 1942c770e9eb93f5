import { join } from 'node:path';
import { type LambdaProcess, lambdaVariables, startLambdaProcess } from '@plimsoll/test-support';

export type { LambdaProcess };

const codePath = join(__dirname, '../../bundle/index.js');

/** Starts the bundle, told that it has 30 seconds. */
export function startLambda(env: Readonly<Record<string, string>>): LambdaProcess {
  return startLambdaProcess({ codePath, env, remainingMillis: 30_000 });
}

/** The environment Lambda gives the function, with one task size. */
export function lambdaEnvironment(endpointUrl: string): Readonly<Record<string, string>> {
  return {
    ...lambdaVariables('capacity', endpointUrl),
    PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":1024,"memoryMiB":1000}]',
  };
}
