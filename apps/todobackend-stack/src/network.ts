import { RemovalPolicy } from 'aws-cdk-lib';
import { FlowLogDestination, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StackConfiguration } from './stack-configuration.js';

/** The VPC: the one that was named, or a new one with public, private and isolated subnets. */
export function network(scope: Construct, { vpcId, zones, natGateways, logDays }: StackConfiguration): IVpc {
  if (vpcId !== undefined) return Vpc.fromLookup(scope, 'Vpc', { vpcId });
  const logGroup = new LogGroup(scope, 'FlowLog', { retention: logDays as RetentionDays, removalPolicy: RemovalPolicy.DESTROY });
  return new Vpc(scope, 'Vpc', {
    maxAzs: zones,
    natGateways,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
      { name: 'Hosts', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'Database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    flowLogs: { All: { destination: FlowLogDestination.toCloudWatchLogs(logGroup) } },
  });
}
