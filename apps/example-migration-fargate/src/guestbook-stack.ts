import { join } from 'node:path';
import { TaskRun } from '@plimsoll/constructs';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { FlowLogDestination, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Cluster, ContainerImage, ContainerInsights, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import { guestbookDefinition } from './guestbook-definition.js';
import { SERVICE_PORT, Storage } from './storage.js';

/** A service on AWS Fargate whose data a task migrates before each new version of it starts. */
export class GuestbookStack extends Stack {
  /** The run of the migration. */
  public readonly migration: TaskRun;

  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const log = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      flowLogs: { All: { destination: FlowLogDestination.toCloudWatchLogs() } },
    });
    const cluster = new Cluster(this, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
    const storage = new Storage(this, 'Storage', { vpc });
    // One image, two definitions: whoever changes the service changes the migration's definition too, and so it runs again.
    const image = ContainerImage.fromAsset(join(__dirname, '..', 'service'), { platform: Platform.LINUX_AMD64 });
    const migrate = guestbookDefinition(this, 'Migrate', { image, log, storage, command: 'migrate' });
    const serve = guestbookDefinition(this, 'Serve', { image, log, storage, command: 'serve' });

    this.migration = new TaskRun(this, 'Migration', { cluster, taskDefinition: migrate, timeout: Duration.minutes(5) });
    storage.allowFrom(this.migration);
    this.migration.node.addDependency(storage.mountTargets);

    const service = new FargateService(this, 'Service', {
      cluster,
      taskDefinition: serve,
      desiredCount: 1,
      // The old task is stopped first, so that two versions never share the file; the price is a short gap.
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    storage.allowFrom(service);
    // The line that all this is about: the service is touched only when the migration has succeeded.
    this.migration.executeBefore(service);
    this.publish(vpc, service);
  }

  private publish(vpc: Vpc, service: FargateService): void {
    const securityGroup = new SecurityGroup(this, 'BalancerSecurityGroup', { vpc, description: 'Who may ask the guest book' });
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(80));
    const balancer = new ApplicationLoadBalancer(this, 'Balancer', { vpc, internetFacing: true, securityGroup });
    const listener = balancer.addListener('Http', { port: 80, open: false });
    listener.addTargets('Guestbook', { port: SERVICE_PORT, targets: [service], deregistrationDelay: Duration.seconds(5) });
    acknowledge(securityGroup, { EC23: 'the guest book is for everybody' });
    acknowledge(balancer, { ELB2: 'an example keeps no access logs' });
  }
}
