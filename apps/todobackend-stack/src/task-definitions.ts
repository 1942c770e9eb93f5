import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  type ContainerDefinition,
  ContainerDependencyCondition,
  type ContainerImage,
  Ec2TaskDefinition,
  LogDriver,
  NetworkMode,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import { DATABASE_NAME } from './database.js';
import { TodobackendStackError } from './stack-error.js';

/** Port that the service listens on in its container. */
export const SERVICE_PORT = 8000;

/** Time that a container has between being told to stop and being killed. */
const STOP_TIMEOUT = Duration.seconds(30);

/** Folder that the page's files are shared in. */
const PUBLIC = '/public';

/** What task definitions are made with. */
export interface TaskDefinitionsOptions {
  readonly vpc: IVpc;
  readonly database: DatabaseInstance;
  readonly image: ContainerImage;
  /** Names that requests may come by. */
  readonly hostNames: readonly string[];
  /** Origins whose pages may call; none if undefined. */
  readonly corsOrigins: string | undefined;
  /** Days that logs are kept. */
  readonly logDays: number;
}

/** The two task definitions of the application. */
export interface TaskDefinitions {
  /** The service, and beside it what fills its folder of static files. */
  readonly web: Ec2TaskDefinition;
  readonly webContainer: ContainerDefinition;
  /** The migration of the database. */
  readonly migrate: Ec2TaskDefinition;
}

/** Makes the task definitions of service and migration: one image, three commands. */
export function taskDefinitions(scope: Construct, options: TaskDefinitionsOptions): TaskDefinitions {
  const { vpc, database, image, hostNames, corsOrigins, logDays } = options;
  const logGroup = new LogGroup(scope, 'ApplicationLog', { retention: logDays as RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
  if (database.secret === undefined) throw new TodobackendStackError('the database has no secret: let Amazon RDS manage its password');
  const common = { image, readonlyRootFilesystem: true };
  const logging = (streamPrefix: string) => LogDriver.awsLogs({ logGroup, streamPrefix });
  const reachDatabase = {
    environment: {
      MYSQL_HOST: database.dbInstanceEndpointAddress,
      MYSQL_PORT: database.dbInstanceEndpointPort,
      MYSQL_DATABASE: DATABASE_NAME,
      MYSQL_TLS: 'rds',
    },
    // The JSON as it is: user and password of one version, whichever rotation has come to.
    secrets: { MYSQL_SECRET: Secret.fromSecretsManager(database.secret) },
  };

  const web = new Ec2TaskDefinition(scope, 'WebTaskDefinition', {
    networkMode: NetworkMode.BRIDGE,
    volumes: [{ name: 'public', host: {} }],
  });
  const webContainer = web.addContainer('todobackend', {
    ...common,
    ...reachDatabase,
    command: ['serve'],
    environment: {
      ...reachDatabase.environment,
      STATIC_ROOT: `${PUBLIC}/static`,
      ALLOWED_HOSTS: hostNames.join(','),
      // The load balancer: nothing else reaches the ports of the hosts.
      TRUSTED_PROXIES: vpc.vpcCidrBlock,
      ...(corsOrigins !== undefined && { CORS_ORIGINS: corsOrigins }),
      HOST: '0.0.0.0',
      PORT: String(SERVICE_PORT),
      STOP_SECONDS: String(STOP_TIMEOUT.toSeconds() - 5),
    },
    cpu: 256,
    memoryReservationMiB: 320,
    memoryLimitMiB: 512,
    portMappings: [{ containerPort: SERVICE_PORT, hostPort: 0 }],
    stopTimeout: STOP_TIMEOUT,
    logging: logging('web'),
  });
  const collectStatic = web.addContainer('collectstatic', {
    ...common,
    command: ['collectstatic'],
    environment: { STATIC_ROOT: `${PUBLIC}/static` },
    essential: false,
    cpu: 32,
    memoryReservationMiB: 64,
    memoryLimitMiB: 256,
    logging: logging('web'),
  });
  // A volume of the task, so that no version sees the files of another; and they are there before the first request.
  for (const container of [webContainer, collectStatic]) {
    container.addMountPoints({ sourceVolume: 'public', containerPath: PUBLIC, readOnly: container === webContainer });
  }
  webContainer.addContainerDependencies({ container: collectStatic, condition: ContainerDependencyCondition.SUCCESS });

  const migrate = new Ec2TaskDefinition(scope, 'MigrateTaskDefinition', { networkMode: NetworkMode.BRIDGE });
  migrate.addContainer('migrate', {
    ...common,
    ...reachDatabase,
    command: ['migrate'],
    cpu: 128,
    memoryReservationMiB: 192,
    memoryLimitMiB: 512,
    stopTimeout: STOP_TIMEOUT,
    logging: logging('migrate'),
  });
  for (const definition of [web, migrate]) {
    acknowledge(definition, {
      ECS2: 'the environment holds addresses and names; the password is a secret',
      'IAM5[Resource::*]': 'ecr:GetAuthorizationToken knows no resources',
    });
  }
  return { web, webContainer, migrate };
}
