import { ClusterCapacity, TaskRun, TaskSize } from '@plimsoll/constructs';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { database } from './database.js';
import { clusterWithHosts } from './hosts.js';
import { network } from './network.js';
import { alarmTopic, watch } from './operations.js';
import { publicBalancer, serviceWithTargets } from './service.js';
import type { StackConfiguration } from './stack-configuration.js';
import { taskDefinitions } from './task-definitions.js';

/** Properties of the stack. */
export interface TodobackendStackProps extends StackProps {
  readonly configuration: StackConfiguration;
  /** Image of the service and of its migration. */
  readonly image: ContainerImage;
}

/** The Todo-Backend service on Amazon ECS: its database migrated before each new version, its hosts scaled by what still fits. */
export class TodobackendStack extends Stack {
  public constructor(scope: Construct, id: string, props: TodobackendStackProps) {
    super(scope, id, {
      description: 'Todo-Backend on Amazon ECS, the reference deployment of Plimsoll',
      // CloudFormation then refuses at once, where a protected database would leave a stack deleted by half.
      terminationProtection: props.configuration.database.deletionProtection,
      ...props,
    });
    const { configuration, image } = props;
    const logRetention = configuration.logDays as RetentionDays;
    const vpc = network(this, configuration);
    const server = database(this, vpc, configuration.database);
    const { cluster, capacityProvider } = clusterWithHosts(this, vpc, configuration);
    server.connections.allowDefaultPortFrom(cluster.connections, 'Tasks, which go out as their hosts');
    const balancer = publicBalancer(this, vpc, configuration);
    const { hostNames, url } = balancer;
    const { corsOrigins, logDays } = configuration;
    const definitions = taskDefinitions(this, { vpc, database: server, image, hostNames, corsOrigins, logDays });
    const web = serviceWithTargets(this, { cluster, capacityProvider, definitions, balancer, configuration });

    const migration = new TaskRun(this, 'Migration', {
      cluster,
      taskDefinition: definitions.migrate,
      capacityProviderStrategies: [{ capacityProvider: capacityProvider.capacityProviderName, weight: 1 }],
      timeout: Duration.minutes(configuration.migrationTimeoutMinutes),
      logRetention,
      executeAfter: [server],
      executeBefore: [web.service],
    });

    const topic = alarmTopic(this, configuration);
    const capacity = new ClusterCapacity(this, 'Capacity', {
      cluster,
      capacityProvider,
      taskSizes: [
        TaskSize.fromTaskDefinition(definitions.web, { name: 'todobackend', headroom: configuration.tasks.headroom }),
        TaskSize.fromTaskDefinition(definitions.migrate, { name: 'migrate', headroom: 1 }),
      ],
      clusterSize: configuration.hosts.maximum,
      scaleIn: { dryRun: configuration.hosts.scaleInDryRun },
      alarmActions: [new SnsAction(topic)],
      logRetention,
    });
    capacity.addDashboard('CapacityDashboard');
    watch(this, { web, balancer, database: server, configuration, topic });

    new CfnOutput(this, 'PublicURL', { value: url, description: 'Where the service is reached' });
    new CfnOutput(this, 'ClusterName', { value: cluster.clusterName });
    new CfnOutput(this, 'MigrationTask', { value: migration.taskArn, description: 'Task of the last migration' });
    new CfnOutput(this, 'DatabaseEndpoint', { value: server.dbInstanceEndpointAddress });
  }
}
