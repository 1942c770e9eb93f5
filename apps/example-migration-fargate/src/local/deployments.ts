import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  callFunction,
  createStackDriver,
  machineScheduler,
  type StackDriver,
  startLambdaPool,
  startLocalEndpoint,
  startResponseServer,
} from '@plimsoll/simulator';
import { deployedValues } from './deployed-values.js';

/** The program that is in the service's image. */
export const PROGRAM = join(__dirname, '..', '..', 'service', 'guestbook.mjs');

/** Deploys on this machine. */
export interface LocalDeployments {
  /** Deploys a release: runs the migration as CloudFormation would, and says how the stack ended. */
  deploy(release: string): ReturnType<StackDriver['deploy']>;
  /** Ends everything. */
  close(): Promise<void>;
}

/**
 * A local CloudFormation whose custom resource the shipped task runner answers. Its tasks are processes of this machine: the program of
 * the service's image, with the folder in place of the file system.
 */
export async function localDeployments(folder: string): Promise<LocalDeployments> {
  const { taskDefinition, properties, clusterName } = deployedValues();
  const endpoint = await startLocalEndpoint({
    containers: {
      processes: ({ command }) => ({ command: [process.execPath, PROGRAM, ...command], workingDirectory: folder }),
    },
  });
  endpoint.ecs('CreateCluster', { clusterName });
  const scheduler = machineScheduler();
  const answers = await startResponseServer({ scheduler, newId: randomUUID });
  const taskRunner = await startLambdaPool({
    codePath: require.resolve('@plimsoll/task-runner-lambda/bundle'),
    functionName: 'task-runner',
    region: endpoint.region,
    timeoutSeconds: 120,
    environment: { AWS_ENDPOINT_URL: endpoint.url },
  });
  const driver = createStackDriver({
    scheduler,
    newId: randomUUID,
    bucket: answers,
    target: (event) => callFunction(taskRunner, event),
    onStatus: endpoint.stacks.set,
    stackName: 'ExampleGuestbook',
    logicalResourceId: 'Migration',
  });
  return {
    deploy: (release) => {
      // Another image makes another revision of the definition, and so another request; on this machine the folder is the volume.
      const containers = taskDefinition.containerDefinitions as ReadonlyArray<Readonly<Record<string, unknown>>>;
      const environment = [{ name: 'DATA_DIRECTORY', value: folder }];
      const containerDefinitions = containers.map((container) => ({ ...container, image: `guestbook:${release}`, environment }));
      const outcome = endpoint.ecs('RegisterTaskDefinition', { ...taskDefinition, containerDefinitions });
      const { taskDefinition: registered } = (outcome.ok ? outcome.response : {}) as { taskDefinition?: { taskDefinitionArn: string } };
      return driver.deploy({ ...properties, Cluster: clusterName, TaskDefinition: registered?.taskDefinitionArn ?? '' });
    },
    close: async () => {
      await driver.idle();
      await Promise.all([answers.close(), taskRunner.close()]);
      await endpoint.close();
    },
  };
}
