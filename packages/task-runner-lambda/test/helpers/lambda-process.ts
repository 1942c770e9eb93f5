import { join } from 'node:path';
import { type LambdaProcess, lambdaVariables, startLambdaProcess } from '@plimsoll/test-support';

export type { LambdaProcess };

const codePath = join(__dirname, '../../bundle/index.js');

/** Starts the bundle, told that it has a minute. */
export function startLambda(env: Readonly<Record<string, string>>): LambdaProcess {
  return startLambdaProcess({ codePath, env });
}

/** The environment Lambda gives the function. */
export function lambdaEnvironment(endpointUrl: string): Readonly<Record<string, string>> {
  return lambdaVariables('task-runner', endpointUrl);
}
