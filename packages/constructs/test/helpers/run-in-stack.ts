import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type AuthorizedCall,
  createLambdaApi,
  createStackDriver,
  machineScheduler,
  type StackDriver,
  startLambdaPool,
  startLocalEndpoint,
  startResponseServer,
} from '@plimsoll/simulator';

/** What the runs are of: a task definition `job` on the cluster `harbour`, whose container is a shell of this machine. */
export interface RunsOptions {
  /** What the shell runs. */
  readonly script: string;
  /** Environment of the function, as the construct has it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Time-out of the function, in seconds. */
  readonly functionSeconds: number;
}

/** Lets the shipped task runner answer a stack of the local CloudFormation; gives every call it made, with what IAM is asked. */
export async function callsOfRuns(options: RunsOptions, use: (driver: StackDriver) => Promise<void>): Promise<readonly AuthorizedCall[]> {
  const scheduler = machineScheduler();
  const invoke = async (event: unknown) => {
    const result = await pool.invoke(event);
    return result.ok ? result.payload : Promise.reject(result.error);
  };
  const lambdaApi = createLambdaApi({ functions: { 'local-function': invoke } });
  const endpoint = await startLocalEndpoint({ containers: { processes: true }, services: [lambdaApi] });
  endpoint.ecs('CreateCluster', { clusterName: 'harbour' });
  const totalResources = ['CPU', 'MEMORY'].map((name) => ({ name, type: 'INTEGER', integerValue: 8192 }));
  expect(endpoint.ecs('RegisterContainerInstance', { cluster: 'harbour', totalResources })).toMatchObject({ ok: true });
  const logConfiguration = { logDriver: 'awslogs', options: { 'awslogs-group': 'job', 'awslogs-stream-prefix': 'app' } };
  const definition = {
    family: 'job',
    taskRoleArn: 'arn:aws:iam::111122223333:role/task',
    executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
    containerDefinitions: [
      {
        name: 'main',
        image: 'none',
        memory: 64,
        entryPoint: ['/bin/sh', '-c'],
        command: [options.script],
        stopTimeout: 2,
        logConfiguration,
      },
    ],
  };
  expect(endpoint.ecs('RegisterTaskDefinition', definition)).toMatchObject({ ok: true });
  const server = await startResponseServer({ scheduler, newId: randomUUID });
  const pool = await startLambdaPool({
    codePath: join(__dirname, '..', '..', 'assets', 'task-runner-lambda', 'index.js'),
    timeoutSeconds: options.functionSeconds,
    environment: { ...options.environment, AWS_ENDPOINT_URL: endpoint.url },
  });
  const driver = createStackDriver({
    scheduler,
    newId: randomUUID,
    bucket: server,
    target: invoke,
    onStatus: endpoint.stacks.set,
    retryWaitsMs: [10, 20],
    stackName: 'Example',
  });
  try {
    endpoint.clearCalls();
    await use(driver);
    await driver.idle();
    return endpoint.recordedCalls();
  } finally {
    await Promise.all([server.close(), pool.close()]);
    await endpoint.close();
  }
}
