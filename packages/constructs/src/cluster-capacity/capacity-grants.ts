import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { ofCluster } from '../cluster-arn.js';
import type { ReasonedStatement } from '../reasoned-statements.js';

/** What the function's rights depend on. */
export interface CapacityGrantsOptions {
  readonly cluster: ICluster;
  readonly namespace: string;
  /** Whether a task size is read from a task definition. */
  readonly readsDefinitions: boolean;
  /** Whether tasks are read. */
  readonly readsTasks: boolean;
  /** Whether services are read, and so their task definitions. */
  readonly readsServices: boolean;
  /** What is scaled in, and by which alarm if by one; undefined when the function removes nothing. */
  readonly scaleIn: { readonly group: IAutoScalingGroup; readonly alarm: IAlarm | undefined } | undefined;
}

/** What the function may do: what it calls, on the one cluster and Auto Scaling group. */
export function capacityGrants(options: CapacityGrantsOptions): ReasonedStatement[] {
  const { cluster, namespace, readsDefinitions, readsTasks, readsServices, scaleIn } = options;
  return [
    { actions: ['ecs:ListContainerInstances'], resources: [cluster.clusterArn] },
    {
      actions: ['ecs:DescribeContainerInstances'],
      resources: [ofCluster(cluster, 'container-instance')],
      conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
      wildcardReason: 'container instances of the one cluster, which come and go',
    },
    {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
      wildcardReason: 'the action knows no resources; the condition names the one namespace',
    },
    ...(readsTasks ? taskGrants(cluster) : []),
    ...(readsServices ? serviceGrants(cluster) : []),
    ...(readsDefinitions || readsServices
      ? [{ actions: ['ecs:DescribeTaskDefinition'], resources: ['*'], wildcardReason: 'the action knows no resources and no conditions' }]
      : []),
    ...(scaleIn === undefined ? [] : scaleInGrants(scaleIn.group, scaleIn.alarm)),
  ];
}

function taskGrants(cluster: ICluster): ReasonedStatement[] {
  const conditions = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
  return [
    {
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions,
      wildcardReason:
        'the resource of this action is a container instance, and tasks are asked for of all; the condition names the one cluster',
    },
    {
      actions: ['ecs:DescribeTasks'],
      resources: [ofCluster(cluster, 'task')],
      conditions,
      wildcardReason: 'tasks of the one cluster, which come and go',
    },
  ];
}

/** As https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html has the two actions. */
function serviceGrants(cluster: ICluster): ReasonedStatement[] {
  const conditions = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
  return [
    {
      actions: ['ecs:ListServices'],
      resources: ['*'],
      conditions,
      wildcardReason: 'the action knows no resources; the condition names the one cluster',
    },
    {
      actions: ['ecs:DescribeServices'],
      resources: [ofCluster(cluster, 'service')],
      conditions,
      wildcardReason: 'services of the one cluster, whoever makes them',
    },
  ];
}

/** CloudWatch wants `*` to read metrics of a namespace: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/permissions-reference-cw.html */
function scaleInGrants(group: IAutoScalingGroup, alarm: IAlarm | undefined): ReasonedStatement[] {
  return [
    alarm === undefined
      ? {
          actions: ['cloudwatch:GetMetricData'],
          resources: ['*'],
          wildcardReason: 'the action knows metrics of a namespace neither as resources nor by a condition',
        }
      : { actions: ['cloudwatch:DescribeAlarms'], resources: [alarm.alarmArn] },
    {
      actions: ['autoscaling:DescribeAutoScalingInstances'],
      resources: ['*'],
      wildcardReason: 'the action knows no resources and no conditions',
    },
    {
      actions: ['autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [
        Stack.of(group).formatArn({
          service: 'autoscaling',
          resource: 'autoScalingGroup:*',
          resourceName: `autoScalingGroupName/${group.autoScalingGroupName}`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      wildcardReason: 'the one group by its name; the identifier before it is known to nobody who only has the name',
    },
  ];
}
