import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { type AsgCapacityProvider, type Cluster, Ec2Service, PlacementStrategy } from 'aws-cdk-lib/aws-ecs';
import {
  type ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';
import type { StackConfiguration } from './stack-configuration.js';
import { SERVICE_PORT, type TaskDefinitions } from './task-definitions.js';

/** The load balancer, and how it is reached. */
export interface PublicBalancer {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  /** Names that requests may come by. */
  readonly hostNames: readonly string[];
  /** Where the service is reached. */
  readonly url: string;
}

/** Makes the load balancer: HTTPS and a redirect where a certificate is given, HTTP otherwise. */
export function publicBalancer(scope: Construct, vpc: IVpc, { certificateArn, domainName, database }: StackConfiguration): PublicBalancer {
  const loadBalancer = new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    internetFacing: true,
    idleTimeout: Duration.seconds(30),
    dropInvalidHeaderFields: true,
    deletionProtection: database.deletionProtection,
  });
  acknowledge(loadBalancer, {
    ELB2: 'access logs need the Region at synthesis, and this stack is deployed to any; metrics and the service log every request',
    EC23: 'a public service is open to the public, on its HTTP ports alone',
  });
  const { loadBalancerDnsName } = loadBalancer;
  if (certificateArn === undefined) {
    const listener = loadBalancer.addListener('Listener', { open: true, protocol: ApplicationProtocol.HTTP });
    return { loadBalancer, listener, hostNames: [loadBalancerDnsName], url: `http://${loadBalancerDnsName}` };
  }
  const listener = loadBalancer.addListener('Listener', {
    open: true,
    protocol: ApplicationProtocol.HTTPS,
    certificates: [ListenerCertificate.fromArn(certificateArn)],
    sslPolicy: SslPolicy.RECOMMENDED_TLS,
  });
  const defaultAction = ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true });
  loadBalancer.addListener('Redirect', { protocol: ApplicationProtocol.HTTP, open: true, defaultAction });
  const name = domainName ?? loadBalancerDnsName;
  return { loadBalancer, listener, hostNames: [name], url: `https://${name}` };
}

/** What the service is made with. */
export interface ServiceOptions {
  readonly cluster: Cluster;
  readonly capacityProvider: AsgCapacityProvider;
  readonly definitions: TaskDefinitions;
  readonly balancer: PublicBalancer;
  readonly configuration: StackConfiguration;
}

/** The service, and what the load balancer knows of its tasks. */
export interface ServiceWithTargets {
  readonly service: Ec2Service;
  readonly targetGroup: ApplicationTargetGroup;
}

/** Makes the service behind the load balancer, and its scaling by CPU. */
export function serviceWithTargets(scope: Construct, options: ServiceOptions): ServiceWithTargets {
  const { cluster, capacityProvider, definitions, balancer, configuration } = options;
  const service = new Ec2Service(scope, 'Service', {
    cluster,
    taskDefinition: definitions.web,
    capacityProviderStrategies: [{ capacityProvider: capacityProvider.capacityProviderName, weight: 1 }],
    // No desired count: a deployment would set what scaling arrived at back to it.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriod: Duration.seconds(60),
    placementStrategies: [PlacementStrategy.spreadAcross('attribute:ecs.availability-zone'), PlacementStrategy.packedByMemory()],
  });
  scaleByCpu(service, configuration);
  const targetGroup = balancer.listener.addTargets('Service', {
    protocol: ApplicationProtocol.HTTP,
    targets: [service.loadBalancerTarget({ containerName: definitions.webContainer.containerName, containerPort: SERVICE_PORT })],
    deregistrationDelay: Duration.seconds(30),
    healthCheck: { path: '/health', interval: Duration.seconds(15), healthyThresholdCount: 2, unhealthyThresholdCount: 3 },
  });
  return { service, targetGroup };
}

function scaleByCpu(service: Ec2Service, { tasks }: StackConfiguration): void {
  service.autoScaleTaskCount({ minCapacity: tasks.minimum, maxCapacity: tasks.maximum }).scaleOnMetric('Cpu', {
    metric: service.metricCpuUtilization({ period: Duration.minutes(1) }),
    evaluationPeriods: 3,
    cooldown: Duration.minutes(6),
    scalingSteps: [
      { upper: 20, change: -1 },
      { lower: 40, change: 1 },
    ],
  });
}
