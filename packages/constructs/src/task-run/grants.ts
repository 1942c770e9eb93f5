import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type ITaskDefinition, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import { ofCluster } from '../cluster-arn.js';
import type { ReasonedStatement } from '../reasoned-statements.js';
import { containersOf, passedRoles } from './definition-facts.js';
import type { TaskRunProps } from './task-run-props.js';

/** What the function may do: what it calls, on the one cluster, task definition and roles. */
export function taskRunGrants(scope: IConstruct, props: TaskRunProps): ReasonedStatement[] {
  const { cluster, taskDefinition } = props;
  const onCluster = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
  const tasks = ofCluster(cluster, 'task');
  const roleArns = roleArnsOf(props);
  const logStreams = logStreamArns(scope, props);
  return [
    {
      actions: ['ecs:RunTask'],
      resources: anyRevision(taskDefinition),
      conditions: onCluster,
      wildcardReason:
        'every revision of the one task definition, since IAM takes seconds to learn of a revision that the same deployment registers and runs',
    },
    {
      actions: ['ecs:StopTask', 'ecs:DescribeTasks'],
      resources: [tasks],
      conditions: onCluster,
      wildcardReason: 'tasks of the one cluster, whose names nobody knows beforehand',
    },
    {
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: onCluster,
      wildcardReason:
        'the resource of this action is a container instance, and a task of AWS Fargate has none; the condition names the one cluster',
    },
    { actions: ['ecs:DescribeTaskDefinition'], resources: ['*'], wildcardReason: 'the action knows no resources and no conditions' },
    ...(props.taskTags === undefined
      ? []
      : [
          {
            actions: ['ecs:TagResource'],
            resources: [tasks],
            conditions: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
            wildcardReason: 'tasks of the one cluster, whose names nobody knows beforehand, and only as they are made',
          },
        ]),
    ...(roleArns.length === 0
      ? []
      : [
          {
            actions: ['iam:PassRole'],
            resources: roleArns,
            conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          },
        ]),
    ...(logStreams.length === 0
      ? []
      : [
          {
            actions: ['logs:GetLogEvents'],
            resources: logStreams,
            wildcardReason: "streams of the task definition's own log groups, which are named after tasks",
          },
        ]),
    { actions: ['cloudformation:DescribeStacks'], resources: [Stack.of(scope).stackId] },
  ];
}

/** The definition with any revision; both forms where only the deployment knows whether its ARN ends with one. */
function anyRevision(taskDefinition: ITaskDefinition): string[] {
  if (taskDefinition instanceof TaskDefinition) {
    const resourceName = `${taskDefinition.family}:*`;
    return [Stack.of(taskDefinition).formatArn({ service: 'ecs', resource: 'task-definition', resourceName })];
  }
  const arn = taskDefinition.taskDefinitionArn;
  // No ARN ends so, but a value that stands for what is not known yet does.
  return arn.endsWith('}') ? [arn, `${arn}:*`] : [`${arn.replace(/:\d+$/, '')}:*`];
}

function roleArnsOf(props: TaskRunProps): string[] {
  return [...new Set(passedRoles(props).map((role) => role.roleArn))];
}

/** ARN pattern of the streams of each log group: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
function logStreamArns(scope: IConstruct, { taskDefinition, logGroups }: TaskRunProps): string[] {
  if (logGroups !== undefined) return logGroups.map(({ logGroupName, env }) => streamsOf(scope, logGroupName, env.region));
  const arns = (containersOf(taskDefinition) ?? []).flatMap(({ logDriverConfig }) => {
    const name = logDriverConfig?.options?.['awslogs-group'];
    if (logDriverConfig?.logDriver !== 'awslogs' || name === undefined) return [];
    return [streamsOf(scope, name, logDriverConfig.options?.['awslogs-region'])];
  });
  // Containers that share a group give the same ARN as two different tokens.
  return [...new Map(arns.map((arn) => [JSON.stringify(Stack.of(scope).resolve(arn)), arn])).values()];
}

function streamsOf(scope: IConstruct, logGroupName: string, region: string | undefined): string {
  const resourceName = `${logGroupName}:log-stream:*`;
  return Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    ...(region && { region }),
  });
}
