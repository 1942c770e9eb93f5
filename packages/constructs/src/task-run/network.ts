import { Annotations } from 'aws-cdk-lib';
import { Connections, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { LaunchType } from 'aws-cdk-lib/aws-ecs';
import type { Construct, IDependable } from 'constructs';
import { InvalidTaskRunError } from '../construct-error.js';
import { networkModeOf, usesOwnInterface } from './definition-facts.js';
import type { TaskRunProps } from './task-run-props.js';

/** Network configuration in the form of RunTask: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_NetworkConfiguration.html */
export interface NetworkConfiguration {
  /** Where the network interface of the task is. */
  readonly awsvpcConfiguration: {
    readonly subnets: string[];
    readonly securityGroups: string[];
    readonly assignPublicIp?: 'ENABLED' | 'DISABLED';
  };
}

/** How the task reaches others, and how others may let it in. */
export interface TaskNetwork {
  /** For RunTask; undefined when the task has no network interface of its own. */
  readonly configuration: NetworkConfiguration | undefined;
  /** The task's security groups, or those of the cluster's hosts when it uses theirs. */
  readonly connections: Connections;
  /** Its way out, without which it cannot pull its image: the routes of its subnets to a NAT or an internet gateway. */
  readonly wayOut: readonly IDependable[];
}

/** Works out the network of the task, making a security group where none is given. */
export function taskNetwork(scope: Construct, props: TaskRunProps, launchType: string | undefined): TaskNetwork {
  if (!needsInterface(props, launchType)) {
    refuseNetworkProps(scope, props);
    return { configuration: undefined, connections: hostConnections(props), wayOut: [] };
  }
  const vpc = props.vpc ?? clusterVpc(scope, props);
  const assignPublicIp = props.assignPublicIp ?? false;
  if (assignPublicIp && launchType === LaunchType.EC2) {
    throw new InvalidTaskRunError(
      scope,
      'assignPublicIp is set, but a task on EC2 gets no public address: leave it out, and use private subnets with egress',
    );
  }
  const subnetType = assignPublicIp ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS;
  const { subnetIds, hasPublic, internetConnectivityEstablished } = vpc.selectSubnets(props.vpcSubnets ?? { subnetType });
  if (hasPublic && !assignPublicIp) {
    Annotations.of(scope).addWarningV2(
      'plimsoll:publicSubnetsWithoutAddress',
      'the task is in public subnets without a public address and so reaches no image registry: set assignPublicIp, or use private subnets with egress',
    );
  }
  const securityGroups = props.securityGroups ?? [
    new SecurityGroup(scope, 'SecurityGroup', { vpc, description: `Task run by ${scope.node.path}` }),
  ];
  return {
    configuration: {
      awsvpcConfiguration: {
        subnets: subnetIds,
        securityGroups: securityGroups.map((group) => group.securityGroupId),
        ...(launchType === LaunchType.EC2 ? {} : { assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED' }),
      },
    },
    connections: new Connections({ securityGroups }),
    wayOut: [internetConnectivityEstablished],
  };
}

/** An imported definition of unknown network mode is believed to need an interface when one is described. */
function needsInterface(props: TaskRunProps, launchType: string | undefined): boolean {
  if (usesOwnInterface(props.taskDefinition) || launchType === LaunchType.FARGATE) return true;
  return networkModeOf(props.taskDefinition) === undefined && describesInterface(props);
}

function describesInterface({ vpcSubnets, securityGroups, assignPublicIp }: TaskRunProps): boolean {
  return vpcSubnets !== undefined || securityGroups !== undefined || assignPublicIp === true;
}

function refuseNetworkProps(scope: Construct, props: TaskRunProps): void {
  if (!describesInterface(props)) return;
  const mode = networkModeOf(props.taskDefinition);
  throw new InvalidTaskRunError(
    scope,
    `vpcSubnets, securityGroups and assignPublicIp need network mode awsvpc, but the task definition's is ${mode}: leave them out, or change the mode`,
  );
}

function clusterVpc(scope: Construct, { cluster }: TaskRunProps) {
  try {
    return cluster.vpc;
  } catch {
    throw new InvalidTaskRunError(
      scope,
      'the task needs subnets, but the imported cluster has no VPC: give vpc, or import the cluster with its VPC',
    );
  }
}

/** The cluster's own, so that groups of hosts which are added to it later count as well; an imported one may have none. */
function hostConnections({ cluster }: TaskRunProps): Connections {
  try {
    return cluster.connections;
  } catch {
    return new Connections();
  }
}
