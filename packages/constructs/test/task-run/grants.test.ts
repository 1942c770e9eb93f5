import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Cluster, Compatibility, ContainerImage, FargateTaskDefinition, LogDriver, NetworkMode, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { TaskRun } from '../../src/index.js';
import { container, ec2Definition, exampleApp } from '../helpers/example-app.js';
import { actionsOf, plain, statementFor, statementsOf } from '../helpers/policy.js';

const CLUSTER = { ArnEquals: { 'ecs:cluster': expect.stringMatching(/^\$\{Cluster\w+\.Arn\}$/) } };
const HERE = `\${AWS::Region}:\${AWS::AccountId}`;

test('the function may do what it calls, on the one cluster, definition, roles, log group and stack, and nothing else', () => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) });
  const statements = plain(statementsOf(Template.fromStack(stack), 'RunPolicy')) as object[];
  expect(statements).toEqual([
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: expect.stringMatching(/^\$\{RunFunctionsOnFailure\w+\.Arn\}$/) },
    {
      Effect: 'Allow',
      Action: 'ecs:RunTask',
      Resource: expect.stringMatching(
        /^arn:\$\{AWS::Partition\}:ecs:\$\{AWS::Region\}:\$\{AWS::AccountId\}:task-definition\/ExampleMigrate\w+:\*$/,
      ),
      Condition: CLUSTER,
    },
    {
      Effect: 'Allow',
      Action: ['ecs:StopTask', 'ecs:DescribeTasks'],
      Resource: expect.stringMatching(/:task\/\$\{Cluster\w+\}\/\*$/),
      Condition: CLUSTER,
    },
    { Effect: 'Allow', Action: 'ecs:ListTasks', Resource: '*', Condition: CLUSTER },
    { Effect: 'Allow', Action: 'ecs:DescribeTaskDefinition', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: [expect.stringMatching(/^\$\{MigrateTaskRole\w+\.Arn\}$/), expect.stringMatching(/^\$\{MigrateExecutionRole\w+\.Arn\}$/)],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    {
      Effect: 'Allow',
      Action: 'logs:GetLogEvents',
      Resource: expect.stringMatching(
        /:logs:\$\{AWS::Region\}:\$\{AWS::AccountId\}:log-group:\$\{MigratemigrateLogGroup\w+\}:log-stream:\*$/,
      ),
    },
    { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: `\${AWS::StackId}` },
  ]);
});

test('no managed policy is attached, and the log it may write is its own', () => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) });
  const [role] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('RunRole'));
  const { ManagedPolicyArns, Policies } = role?.[1].Properties ?? {};
  expect(ManagedPolicyArns).toBeUndefined();
  expect(plain(Policies[0].PolicyDocument.Statement)).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.stringMatching(/^\$\{RunLog\w+\.Arn\}$/) },
  ]);
});

test('containers and logs that are added after the run are granted all the same', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = new FargateTaskDefinition(stack, 'Late');
  new TaskRun(stack, 'Run', { cluster, taskDefinition, containerName: 'one' });
  const logGroup = new LogGroup(stack, 'Shared');
  const logging = () => LogDriver.awsLogs({ streamPrefix: 'x', logGroup });
  taskDefinition.addContainer('one', container(logging()));
  taskDefinition.addContainer('two', container(logging()));
  const template = Template.fromStack(stack);
  expect(plain(statementFor(template, 'RunPolicy', 'logs:GetLogEvents').Resource)).toMatch(/log-group:\$\{Shared\w+\}:log-stream:\*$/);
  expect(statementFor(template, 'RunPolicy', 'iam:PassRole').Resource).toHaveLength(2);
});

test('without a log that can be read, reading logs is not granted', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = new FargateTaskDefinition(stack, 'Quiet');
  taskDefinition.addContainer('quiet', { image: ContainerImage.fromRegistry('example/quiet:1') });
  new TaskRun(stack, 'Run', { cluster, taskDefinition });
  const actions = statementsOf(Template.fromStack(stack), 'RunPolicy').flatMap(actionsOf);
  expect(actions).not.toContain('logs:GetLogEvents');
});

test('a log group in another Region is granted there', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = new TaskDefinition(stack, 'Far', { compatibility: Compatibility.EC2, networkMode: NetworkMode.BRIDGE });
  const logging = { bind: () => ({ logDriver: 'awslogs', options: { 'awslogs-group': 'far', 'awslogs-region': 'eu-north-1' } }) };
  taskDefinition.addContainer('far', { ...container(), logging });
  new TaskRun(stack, 'Run', { cluster, taskDefinition });
  const { Resource } = statementFor(Template.fromStack(stack), 'RunPolicy', 'logs:GetLogEvents');
  expect(plain(Resource)).toBe(`arn:\${AWS::Partition}:logs:eu-north-1:\${AWS::AccountId}:log-group:far:log-stream:*`);
});

test('tags of the task may be set as it is made, and a role that overrides may be passed', () => {
  const { stack, cluster } = exampleApp();
  const taskRole = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), taskTags: { a: 'b' }, overrides: { taskRole } });
  const template = Template.fromStack(stack);
  expect(statementFor(template, 'RunPolicy', 'ecs:TagResource')).toMatchObject({
    Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
  });
  expect(plain(statementFor(template, 'RunPolicy', 'iam:PassRole').Resource)).toContainEqual(
    expect.stringMatching(/^\$\{Other\w+\.Arn\}$/),
  );
});

test('what waits longer than a function can may call itself, and only then', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = ec2Definition(stack);
  new TaskRun(stack, 'Run', { cluster, taskDefinition, timeout: Duration.minutes(40) });
  expect(plain(statementFor(Template.fromStack(stack), 'RunPolicy', 'lambda:InvokeFunction').Resource)).toEqual([
    expect.stringMatching(/^\$\{RunFunctionsOnFailure\w+\.Arn\}$/),
    expect.stringMatching(/^\$\{RunFunctionsHandler\w+\.Arn\}$/),
  ]);
});

describe('imported', () => {
  const clusterArn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/harbour';
  const family = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/migrate';

  function grantsOf(taskDefinitionArn: string, executionRoleArn?: string) {
    const { app } = exampleApp();
    const stack = new Stack(app, 'Importing');
    const executionRole = executionRoleArn === undefined ? undefined : Role.fromRoleArn(stack, 'Execution', executionRoleArn);
    const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Def', {
      taskDefinitionArn,
      compatibility: Compatibility.EC2,
      ...(executionRole && { executionRole }),
    });
    new TaskRun(stack, 'Run', {
      cluster: Cluster.fromClusterArn(stack, 'Imported', clusterArn),
      taskDefinition,
      logGroups: [LogGroup.fromLogGroupName(stack, 'Log', 'harbour/migrate')],
    });
    return Template.fromStack(stack);
  }

  test.each([`${family}:7`, family])('%s is granted in every revision, on the imported cluster', (arn) => {
    const template = grantsOf(arn, 'arn:aws:iam::111122223333:role/execution');
    expect(statementFor(template, 'RunPolicy', 'ecs:RunTask')).toMatchObject({
      Resource: `${family}:*`,
      Condition: { ArnEquals: { 'ecs:cluster': clusterArn } },
    });
    expect(plain(statementFor(template, 'RunPolicy', 'ecs:StopTask').Resource)).toBe(
      `arn:\${AWS::Partition}:ecs:eu-west-1:111122223333:task/harbour/*`,
    );
    expect(statementFor(template, 'RunPolicy', 'iam:PassRole').Resource).toBe('arn:aws:iam::111122223333:role/execution');
    expect(plain(statementFor(template, 'RunPolicy', 'logs:GetLogEvents').Resource)).toBe(
      `arn:\${AWS::Partition}:logs:${HERE}:log-group:harbour/migrate:log-stream:*`,
    );
  });

  test.each([
    ['with its revision', 'migrate:7', ['migrate:*']],
    ['without a revision', 'migrate', ['migrate:*']],
    ['whose end the deployment knows', Lazy.string({ produce: () => 'late' }), ['late', 'late:*']],
  ])(
    "a definition by an ARN of the stack's Region, %s, is granted in the revision that Amazon ECS asks for",
    (_, resourceName, granted) => {
      const { stack, cluster } = exampleApp();
      const arn = stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName });
      const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Def', {
        taskDefinitionArn: arn,
        compatibility: Compatibility.EC2,
      });
      new TaskRun(stack, 'Run', { cluster, taskDefinition });
      const { Resource } = plain(statementFor(Template.fromStack(stack), 'RunPolicy', 'ecs:RunTask')) as { Resource: unknown };
      expect([Resource].flat()).toEqual(granted.map((name) => `arn:\${AWS::Partition}:ecs:${HERE}:task-definition/${name}`));
    },
  );

  test('what ECS Exec needs is not granted to the execution role, where the task role is not known', () => {
    const { stack, cluster } = exampleApp();
    const executionRole = new Role(stack, 'Execution', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    const arn = { taskDefinitionArn: `${family}:7`, compatibility: Compatibility.EC2 };
    const taskDefinition = TaskDefinition.fromTaskDefinitionAttributes(stack, 'Def', { ...arn, executionRole });
    new TaskRun(stack, 'Run', { cluster, taskDefinition, enableExecuteCommand: true });
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).not.toContain('ssmmessages');
  });

  test('without roles no role may be passed', () => {
    expect(statementsOf(grantsOf(`${family}:7`), 'RunPolicy').flatMap(actionsOf)).not.toContain('iam:PassRole');
  });
});
