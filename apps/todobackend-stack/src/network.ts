import { FlowLogDestination, type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { StackConfiguration } from './stack-configuration.js';

/** The VPC: the one that was named, or a new one with public, private and isolated subnets. */
export function network(scope: Construct, { vpcId, zones, natGateways }: StackConfiguration): IVpc {
  if (vpcId !== undefined) return Vpc.fromLookup(scope, 'Vpc', { vpcId });
  return new Vpc(scope, 'Vpc', {
    maxAzs: zones,
    natGateways,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
      { name: 'Hosts', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'Database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    flowLogs: { All: { destination: FlowLogDestination.toCloudWatchLogs() } },
  });
}
