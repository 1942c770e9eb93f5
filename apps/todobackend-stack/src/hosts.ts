import { Duration, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup, type CfnAutoScalingGroup, HealthChecks, Signals, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceType,
  type IVpc,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  SecurityGroup,
  SubnetType,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, ContainerInsights, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import type { StackConfiguration } from './stack-configuration.js';

/** How long a host may take to boot and to join the cluster. */
const JOIN_TIMEOUT = Duration.minutes(15);

/** A cluster and its hosts. */
export interface ClusterWithHosts {
  readonly cluster: Cluster;
  readonly capacityProvider: AsgCapacityProvider;
}

/** The cluster on an Auto Scaling group whose hosts are scaled by the capacity function, and drained by Amazon ECS. */
export function clusterWithHosts(scope: Construct, vpc: IVpc, { hosts, containerInsights }: StackConfiguration): ClusterWithHosts {
  const cluster = new Cluster(scope, 'Cluster', {
    vpc,
    containerInsightsV2: containerInsights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
  });
  const userData = UserData.forLinux();
  const subnets = vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS });
  const autoScalingGroup = new AutoScalingGroup(scope, 'Hosts', {
    vpc,
    vpcSubnets: subnets,
    launchTemplate: launchTemplate(scope, { vpc, userData, instanceType: hosts.instanceType }),
    minCapacity: hosts.minimum,
    // No desired capacity: a deployment would set it back to that.
    maxCapacity: hosts.maximum,
    healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(5) }),
    newInstancesProtectedFromScaleIn: false,
    signals: Signals.waitForMinCapacity({ timeout: JOIN_TIMEOUT }),
    updatePolicy: UpdatePolicy.rollingUpdate({
      minInstancesInService: hosts.minimum,
      maxBatchSize: 1,
      minSuccessPercentage: 100,
      pauseTime: JOIN_TIMEOUT,
      waitOnResourceSignals: true,
    }),
  });
  // A host that boots before the way out is there can neither install what signals nor join.
  autoScalingGroup.node.addDependency(subnets.internetConnectivityEstablished);
  const capacityProvider = new AsgCapacityProvider(scope, 'CapacityProvider', {
    autoScalingGroup,
    enableManagedScaling: false,
    enableManagedTerminationProtection: false,
    enableManagedDraining: true,
  });
  // Also lets the group's hosts join, by user data and role.
  cluster.addAsgCapacityProvider(capacityProvider);
  // Which adding a capacity provider does not do; without it no rule for the service or the database would name the hosts.
  cluster.connections.addSecurityGroup(...autoScalingGroup.connections.securityGroups);
  userData.addCommands(...signalWhenJoined(autoScalingGroup));
  acknowledge(autoScalingGroup, { AS3: 'hosts come and go by the minute; alarms tell of what matters' });
  if (!containerInsights) acknowledge(cluster, { ECS4: 'the preset for trying it out saves the cost of Container Insights' });
  return { cluster, capacityProvider };
}

function launchTemplate(
  scope: Construct,
  { vpc, userData, instanceType }: { vpc: IVpc; userData: UserData; instanceType: string },
): LaunchTemplate {
  const role = new Role(scope, 'HostRole', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  acknowledge(role, {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]':
      'Session Manager stands in for SSH, and AWS keeps the policy of its agent up to date',
    'IAM5[Action::ecs:Submit*]': 'the agent submits states of tasks, containers and attachments; each such action begins like this',
    'IAM5[Resource::*]':
      'the agent of Amazon ECS polls, submits and logs by actions that know no resources; CDK conditions them on the cluster',
  });
  return new LaunchTemplate(scope, 'HostTemplate', {
    instanceType: new InstanceType(instanceType),
    machineImage: EcsOptimizedImage.amazonLinux2023(),
    role,
    userData,
    securityGroup: new SecurityGroup(scope, 'HostSecurityGroup', { vpc, description: 'Hosts of the cluster' }),
    requireImdsv2: true,
    httpTokens: LaunchTemplateHttpTokens.REQUIRED,
    // One hop: containers behind the bridge do not reach the role of their host.
    httpPutResponseHopLimit: 1,
    blockDevices: [
      { deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(30, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }) },
    ],
  });
}

/**
 * Tells CloudFormation when the host has joined the cluster, or that it has not in ten minutes.
 *
 * In a unit of its own: the agent starts only after the user data has ended, so that waiting for it here would be for ever.
 */
function signalWhenJoined(group: AutoScalingGroup): string[] {
  const { stackName, region } = Stack.of(group);
  const { logicalId } = group.node.defaultChild as CfnAutoScalingGroup;
  const joined = 'curl --silent --fail http://localhost:51678/v1/metadata | grep --quiet container-instance/';
  const wait = `for try in $(seq 120); do ${joined} && code=0 && break; sleep 5; done`;
  const signal = `/opt/aws/bin/cfn-signal --exit-code \${code:-1} --stack ${stackName} --resource ${logicalId} --region ${region}`;
  return ['dnf install --assumeyes aws-cfn-bootstrap', `systemd-run --no-block --unit signal-joined /bin/bash -c '${wait}; ${signal}'`];
}
