/** One permission that a call needs. */
export interface IamAction {
  /** Name, such as `ecs:RunTask`. */
  readonly action: string;
  /** ARNs it is needed on, or `*` where IAM knows no resource for it. */
  readonly resources: readonly string[];
  /** Values of the condition keys that a policy may test, by name. */
  readonly conditionKeys: Readonly<Record<string, string>>;
}

/** What a call's permissions depend on beside its input. */
export interface IamContext {
  /** Region. */
  readonly region: string;
  /** Account, 12 digits. */
  readonly accountId: string;
  /** ARN of a task definition and the roles it names; undefined if there is none. */
  readonly taskDefinition: (name: string) => { readonly arn: string; readonly roleArns: readonly string[] } | undefined;
  /** Id of a stack; undefined if there is none. */
  readonly stackId: (nameOrId: string) => string | undefined;
}

/** A call as it is recorded. */
export interface IdentifiedCall {
  /** Signing name of the service. */
  readonly service: string;
  /** Name of the operation. */
  readonly operation: string;
  /** Its input, as far as it could be read. */
  readonly input: unknown;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * The permissions a call needs
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 * and its pages on CloudWatch Logs, CloudFormation and Lambda).
 *
 * RunTask also needs `iam:PassRole` on each role it hands on, and
 * `ecs:TagResource` where it tags.
 */
export function iamActionsOf(call: IdentifiedCall, context: IamContext): readonly IamAction[] {
  const input = isObject(call.input) ? call.input : {};
  switch (call.service) {
    case 'ecs':
      return ecsActions(call.operation, input, context);
    case 'logs':
      return logsActions(call.operation, input, context);
    case 'cloudformation': {
      const name = textOf(input.StackName) ?? '*';
      const unknown = `arn:aws:cloudformation:${context.region}:${context.accountId}:stack/${name}/*`;
      const stack = context.stackId(name) ?? (name.startsWith('arn:') ? name : unknown);
      return [{ action: `cloudformation:${call.operation}`, resources: [stack], conditionKeys: {} }];
    }
    case 'lambda': {
      const name = textOf(input.FunctionName) ?? '*';
      const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${context.region}:${context.accountId}:function:${name}`;
      return [{ action: 'lambda:InvokeFunction', resources: [arn], conditionKeys: {} }];
    }
    case 'monitoring':
      return [{ action: `cloudwatch:${call.operation}`, resources: ['*'], conditionKeys: {} }];
    default:
      return [];
  }
}

function ecsActions(operation: string, input: Input, context: IamContext): readonly IamAction[] {
  const cluster = clusterArn(input, context);
  const clusterName = cluster.slice(cluster.lastIndexOf('/') + 1);
  const inCluster = { 'ecs:cluster': cluster };
  const within = (kind: string, id: string): string => (id.startsWith('arn:') ? id : ecsArn(context, kind, `${clusterName}/${id}`));
  const on = (resources: readonly string[], conditionKeys: Readonly<Record<string, string>> = inCluster): readonly IamAction[] => [
    { action: `ecs:${operation}`, resources, conditionKeys },
  ];
  switch (operation) {
    case 'RunTask':
      return runTaskActions(input, { ...context, cluster, clusterName });
    case 'StopTask':
      return on([within('task', textOf(input.task) ?? '*')]);
    case 'DescribeTasks':
      return on(textsOf(input.tasks).map((task) => within('task', task)));
    case 'ListServices':
      return on(['*']);
    case 'DescribeServices':
      return on(textsOf(input.services).map((service) => within('service', service)));
    case 'ListTasks':
    case 'DeregisterContainerInstance':
      return on([within('container-instance', textOf(input.containerInstance) ?? '*')]);
    case 'DescribeContainerInstances':
    case 'UpdateContainerInstancesState':
      return on(textsOf(input.containerInstances).map((host) => within('container-instance', host)));
    case 'ListContainerInstances':
    case 'RegisterContainerInstance':
      return on([cluster], {});
    case 'DescribeClusters':
      return on(
        textsOf(input.clusters, ['default']).map((name) => (name.startsWith('arn:') ? name : ecsArn(context, 'cluster', name))),
        {},
      );
    case 'CreateCluster':
      return on([ecsArn(context, 'cluster', textOf(input.clusterName) ?? 'default')], {});
    default:
      return on(['*'], {});
  }
}

function runTaskActions(
  input: Input,
  context: IamContext & { readonly cluster: string; readonly clusterName: string },
): readonly IamAction[] {
  const named = textOf(input.taskDefinition) ?? '*';
  const definition = context.taskDefinition(named);
  const overrides = isObject(input.overrides) ? input.overrides : {};
  const overridden = [textOf(overrides.taskRoleArn), textOf(overrides.executionRoleArn)].filter((role) => role !== undefined);
  const roles = [...new Set([...(definition?.roleArns ?? []), ...overridden])];
  const conditionKeys = {
    'ecs:cluster': context.cluster,
    ...(input.enableExecuteCommand === true ? { 'ecs:enable-execute-command': 'true' } : {}),
  };
  const tagged = Array.isArray(input.tags) && input.tags.length > 0;
  return [
    { action: 'ecs:RunTask', resources: [definition?.arn ?? ecsArn(context, 'task-definition', named)], conditionKeys },
    ...roles.map((role) => ({
      action: 'iam:PassRole',
      resources: [role],
      conditionKeys: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })),
    ...(tagged
      ? [
          {
            action: 'ecs:TagResource',
            resources: [ecsArn(context, 'task', `${context.clusterName}/*`)],
            conditionKeys: { 'ecs:CreateAction': 'RunTask' },
          },
        ]
      : []),
  ];
}

function logsActions(operation: string, input: Input, context: IamContext): readonly IamAction[] {
  const identifier = textOf(input.logGroupIdentifier)?.replace(/^arn:.*?:log-group:/, '');
  const group = `arn:aws:logs:${context.region}:${context.accountId}:log-group:${textOf(input.logGroupName) ?? identifier ?? '*'}`;
  const resource = operation === 'GetLogEvents' ? `${group}:log-stream:${textOf(input.logStreamName) ?? '*'}` : group;
  return [{ action: `logs:${operation}`, resources: [resource], conditionKeys: {} }];
}

function clusterArn(input: Input, context: IamContext): string {
  const cluster = textOf(input.cluster) ?? 'default';
  return cluster.startsWith('arn:') ? cluster : ecsArn(context, 'cluster', cluster);
}

function ecsArn({ region, accountId }: IamContext, kind: string, path: string): string {
  return path.startsWith('arn:') ? path : `arn:aws:ecs:${region}:${accountId}:${kind}/${path}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown, otherwise: readonly string[] = []): readonly string[] {
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return texts.length > 0 ? texts : otherwise;
}

function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
