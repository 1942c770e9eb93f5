import { randomUUID } from 'node:crypto';
import {
  callFunction,
  createStackDriver,
  machineScheduler,
  type Properties,
  type StackDriver,
  startLambdaPool,
  startResponseServer,
} from '@plimsoll/simulator';
import { type Resource, resourcesOfType, type Template, theResource } from '../template/template.js';
import type { LocalCluster } from './local-cluster.js';

/** Type of the custom resource that runs the migration. */
const TASK_RUN = 'Custom::PlimsollTaskRun';

/** The stack's migration, driven as CloudFormation drives it. */
export interface MigrationDriver {
  /** Creates or updates the custom resource with its properties of now; settles when the stack has come to rest. */
  deploy(): Promise<MigrationOutcome>;
  /** Ends the function's processes. */
  close(): Promise<void>;
}

/** How a deployment of it ended. */
export interface MigrationOutcome {
  /** Status of the stack. */
  readonly status: string;
  /** Reason of the failure, as CloudFormation shows it; empty if there was none. */
  readonly reason: string;
}

/** The custom resource, and the function behind it. */
export function migrationResources(template: Template): { readonly run: Resource; readonly handler: Resource } {
  const run = theResource(template, TASK_RUN);
  const [handlerId] = (run.properties.ServiceToken as { readonly 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'];
  const handler = theResource(template, 'AWS::Lambda::Function', ({ id }) => id === handlerId);
  return { run, handler };
}

/** Resources that are made only after the migration has succeeded. */
export function waitingForMigration(template: Template): readonly Resource[] {
  const { run } = migrationResources(template);
  return resourcesOfType(template, 'AWS::ECS::Service').filter(({ dependsOn }) => dependsOn.includes(run.id));
}

/** Starts the shipped bundle of the task runner as the template sets its function up, and CloudFormation's part of one stack. */
export async function driveMigration(cluster: LocalCluster, onStatus: (status: string) => void): Promise<MigrationDriver> {
  const { endpoint, template } = cluster;
  const { run, handler } = migrationResources(template);
  const { Environment, Timeout, MemorySize } = cluster.resolve(handler.properties) as FunctionProperties;
  const scheduler = machineScheduler();
  const answers = await startResponseServer({ scheduler, newId: randomUUID });
  const taskRunner = await startLambdaPool({
    codePath: require.resolve('@plimsoll/task-runner-lambda/bundle'),
    functionName: handler.id,
    region: endpoint.region,
    timeoutSeconds: Timeout,
    memorySizeMiB: MemorySize,
    environment: { ...Environment.Variables, AWS_ENDPOINT_URL: endpoint.url },
  });
  const driver = createStackDriver({
    scheduler,
    newId: randomUUID,
    bucket: answers,
    target: (event) => callFunction(taskRunner, event),
    onStatus: (stack) => {
      endpoint.stacks.set(stack);
      onStatus(stack.status);
    },
    stackName: 'Todobackend',
    logicalResourceId: run.id,
    resourceType: run.type,
    serviceTimeoutSeconds: Number(run.properties.ServiceTimeout),
    serviceToken: String(cluster.references.attribute(handler.id, 'Arn')),
  });
  return {
    deploy: () => deploy(driver, cluster, run),
    close: async () => {
      await Promise.all([answers.close(), taskRunner.close()]);
    },
  };
}

async function deploy(driver: StackDriver, cluster: LocalCluster, run: Resource): Promise<MigrationOutcome> {
  // Sent by the driver itself.
  const { ServiceToken: _, ServiceTimeout: __, ...properties } = cluster.resolve(run.properties) as Properties;
  const outcome = await driver.deploy(properties);
  await driver.idle();
  return outcome;
}

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  readonly Timeout: number;
  readonly MemorySize: number;
}
