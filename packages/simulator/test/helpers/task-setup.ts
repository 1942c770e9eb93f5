import type { LocalEndpoint } from '../../src/index.js';
import { expectAccepted, resources } from './hosts.js';

/** One container, defaults filled in for what the tests do not speak of. */
export interface ContainerSetup {
  readonly name?: string;
  readonly essential?: boolean;
  readonly command?: readonly string[];
  readonly entryPoint?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly stopTimeout?: number;
  readonly workingDirectory?: string;
  readonly image?: string;
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
}

type Setup = Pick<LocalEndpoint, 'ecs'>;

/** A cluster `default` with a host for hundreds of tasks. */
export function makeCluster(endpoint: Setup): void {
  expectAccepted(endpoint.ecs('CreateCluster', {}));
  expectAccepted(endpoint.ecs('RegisterContainerInstance', { totalResources: resources({ cpu: 100_000, memory: 100_000 }) }));
}

/** A task definition `job` whose containers log to the group `job` with the prefix `app`. */
export function registerJob(
  endpoint: Setup,
  containers: readonly ContainerSetup[],
  how: { readonly networkMode?: string; readonly logs?: boolean } = {},
): void {
  const options = { 'awslogs-group': 'job', 'awslogs-stream-prefix': 'app' };
  expectAccepted(
    endpoint.ecs('RegisterTaskDefinition', {
      family: 'job',
      networkMode: how.networkMode ?? 'bridge',
      cpu: '256',
      memory: '512',
      taskRoleArn: 'arn:aws:iam::111122223333:role/task',
      executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
      containerDefinitions: containers.map((container, index) => ({
        name: index === 0 ? 'main' : `side${index}`,
        image: 'none',
        ...(how.logs === false ? {} : { logConfiguration: { logDriver: 'awslogs', options } }),
        ...container,
      })),
    }),
  );
}
