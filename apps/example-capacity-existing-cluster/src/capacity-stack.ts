import { ClusterCapacity, TaskSize } from '@plimsoll/constructs';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

/** What is there already, by name. */
export interface ExistingCluster {
  /** Name of the cluster, in the account and Region that the stack is deployed to. */
  readonly clusterName: string;
  /** Name of the Auto Scaling group whose instances are the cluster's hosts. */
  readonly autoScalingGroupName: string;
}

/** Properties of `CapacityStack`. */
export interface CapacityStackProps extends StackProps {
  readonly existing: ExistingCluster;
}

/** Counts the room of a cluster that another stack made, adds hosts to its group, and says which could go. */
export class CapacityStack extends Stack {
  /** What was put beside the cluster. */
  public readonly capacity: ClusterCapacity;

  public constructor(scope: Construct, id: string, { existing, ...props }: CapacityStackProps) {
    super(scope, id, props);
    const clusterArn = this.formatArn({ service: 'ecs', resource: 'cluster', resourceName: existing.clusterName });
    this.capacity = new ClusterCapacity(this, 'Capacity', {
      cluster: Cluster.fromClusterArn(this, 'Cluster', clusterArn),
      autoScalingGroup: AutoScalingGroup.fromAutoScalingGroupName(this, 'Hosts', existing.autoScalingGroupName),
      taskSizes: [
        TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400, tcpPorts: [8080], headroom: 1 }),
        TaskSize.of({ name: 'job', cpuUnits: 512, memoryMiB: 1024 }),
      ],
      // As a host registers, which is less than its type has: see the cluster's own container instances.
      hostType: { name: 't3.medium', cpuUnits: 2048, memoryMiB: 3768 },
      scaleOut: { hostWarmup: Duration.minutes(3) },
      // Only logs which host it would remove, until somebody has read along for a while and takes this line away.
      scaleIn: { dryRun: true },
      clusterSize: 50,
    });
    this.capacity.addDashboard();
  }
}
