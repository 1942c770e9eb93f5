import { type ContainerImage, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import { DATA_DIRECTORY, SERVICE_PORT, type Storage } from './storage.js';

/** What a task definition of the guest book is made of. */
export interface GuestbookDefinitionOptions {
  readonly image: ContainerImage;
  readonly log: ILogGroup;
  readonly storage: Storage;
  /** What the container does. */
  readonly command: 'migrate' | 'serve';
}

/** A task definition whose one container is the guest book's program, with its files. */
export function guestbookDefinition(scope: Construct, id: string, options: GuestbookDefinitionOptions): FargateTaskDefinition {
  const { image, log, storage, command } = options;
  const definition = new FargateTaskDefinition(scope, id, { cpu: 256, memoryLimitMiB: 512 });
  storage.addTo(definition);
  const container = definition.addContainer(command, {
    image,
    command: [command],
    environment: { DATA_DIRECTORY, PORT: String(SERVICE_PORT) },
    logging: LogDriver.awsLogs({ logGroup: log, streamPrefix: command }),
    readonlyRootFilesystem: true,
    ...(command === 'serve' && { portMappings: [{ containerPort: SERVICE_PORT }] }),
  });
  container.addMountPoints({ sourceVolume: 'data', containerPath: DATA_DIRECTORY, readOnly: false });
  acknowledge(definition, { ECS2: 'a folder and a port are no secrets' });
  acknowledge(definition.obtainExecutionRole(), { 'IAM5[Resource::*]': 'ecr:GetAuthorizationToken knows no resources' });
  return definition;
}
