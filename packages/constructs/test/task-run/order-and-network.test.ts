import { NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  Ec2Service,
  Ec2TaskDefinition,
  FargateService,
  LaunchType,
  NetworkMode,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DatabaseInstance, DatabaseInstanceEngine, MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { TaskRun } from '../../src/index.js';
import { ec2Definition, exampleApp, fargateDefinition } from '../helpers/example-app.js';
import { taskRunProperties } from '../helpers/policy.js';

function dependenciesOf(template: Template, type: string): string[] {
  return Object.values(template.findResources(type)).flatMap(({ DependsOn = [] }) => DependsOn as string[]);
}

test('the service waits for the run, and the run for what it was told to', () => {
  const { stack, cluster } = exampleApp();
  cluster.connections.addSecurityGroup(new SecurityGroup(stack, 'Hosts', { vpc: cluster.vpc }));
  const taskDefinition = ec2Definition(stack);
  const before = new Queue(stack, 'Before');
  const service = new Ec2Service(stack, 'Service', { cluster: withHosts(cluster), taskDefinition: ec2Definition(stack, 'Web') });
  new TaskRun(stack, 'Run', { cluster, taskDefinition, executeAfter: [before], executeBefore: [service] });
  const template = Template.fromStack(stack);
  expect(dependenciesOf(template, 'Custom::PlimsollTaskRun')).toContainEqual(expect.stringMatching(/^Before/));
  expect(dependenciesOf(template, 'AWS::ECS::Service')).toContainEqual(expect.stringMatching(/^Run[0-9A-F]{8}$/));
});

test('the run waits for its own policy, its retries and the rights of the roles it passes', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = new Ec2TaskDefinition(stack, 'Migrate');
  const secret = Secret.fromSecretsManager(new StoredSecret(stack, 'Password'));
  new TaskRun(stack, 'Run', { cluster, taskDefinition });
  taskDefinition.addContainer('migrate', { image: ContainerImage.fromRegistry('example/x'), memoryLimitMiB: 64, secrets: { P: secret } });
  const dependencies = dependenciesOf(Template.fromStack(stack), 'Custom::PlimsollTaskRun');
  for (const part of ['RunPolicy', 'RunFunctionsRetries', 'MigrateExecutionRoleDefaultPolicy', 'MigrateTaskRole']) {
    expect(dependencies).toContainEqual(expect.stringMatching(new RegExp(`^${part}`)));
  }
});

test('the run waits for the rights of the roles that override', () => {
  const { stack, cluster } = exampleApp();
  const taskRole = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), overrides: { taskRole } });
  new Queue(stack, 'Queue').grantSendMessages(taskRole);
  const dependencies = dependenciesOf(Template.fromStack(stack), 'Custom::PlimsollTaskRun');
  expect(dependencies).toContainEqual(expect.stringMatching(/^OtherDefaultPolicy/));
});

test.each<[string, boolean, string, string]>([
  ['a NAT gateway', false, 'Private', 'NatGatewayId'],
  ['the internet gateway', true, 'Public', 'GatewayId'],
])('a task with an interface of its own runs once its subnets have their way out, by %s', (_, assignPublicIp, subnets, target) => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack), assignPublicIp });
  const template = Template.fromStack(stack);
  const dependencies = dependenciesOf(template, 'Custom::PlimsollTaskRun');
  const routes = Object.entries(template.findResources('AWS::EC2::Route')).filter(([id]) => dependencies.includes(id));
  expect(routes).toHaveLength(2);
  for (const [id, { Properties }] of routes) {
    expect(id).toContain(subnets);
    expect(Properties).toMatchObject({ DestinationCidrBlock: '0.0.0.0/0', [target]: expect.anything() });
  }
});

test('a way that is opened for the task is open before it runs, whichever side opens it', () => {
  const { stack, vpc, cluster } = exampleApp();
  const database = new SecurityGroup(stack, 'Database', { vpc });
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack) });
  database.connections.allowFrom(run, Port.tcp(3306));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 3306 });
  const [rule] = Object.keys(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(dependenciesOf(template, 'Custom::PlimsollTaskRun')).toContain(rule);
});

test('a way that is opened by what waits for the run is not waited for', () => {
  const { stack, cluster } = exampleApp();
  const service = new FargateService(stack, 'Service', { cluster, taskDefinition: fargateDefinition(stack, 'Web') });
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack), executeBefore: [service] });
  service.connections.allowFrom(run, Port.tcp(80));
  const template = Template.fromStack(stack);
  const [[, rule] = []] = Object.entries(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(rule?.DependsOn).toContainEqual(expect.stringMatching(/^Run[0-9A-F]{8}$/));
});

test("a way of the task's hosts to what waits for the run is not waited for, wherever it is", () => {
  const { app, stack, vpc, cluster } = exampleApp();
  const hosts = new SecurityGroup(stack, 'Hosts', { vpc, allowAllOutbound: false });
  cluster.connections.addSecurityGroup(hosts);
  const service = new FargateService(stack, 'Service', { cluster, taskDefinition: fargateDefinition(stack, 'Web') });
  new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack), executeBefore: [service] });
  service.connections.allowFrom(hosts, Port.tcp(80));
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupEgress'))).toEqual([expect.stringMatching(/^Hosts/)]);
  expect(() => app.synth()).not.toThrow();
});

test('a database that lets the service in is waited for, and no circle', () => {
  const { app, stack, vpc, cluster } = exampleApp();
  const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.of('8.4.6', '8.4') });
  const database = new DatabaseInstance(stack, 'Database', { vpc, engine, storageEncrypted: true });
  const service = new FargateService(stack, 'Service', { cluster, taskDefinition: fargateDefinition(stack, 'Web') });
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack) });
  run.executeAfter(database);
  run.executeBefore(service);
  database.connections.allowDefaultPortFrom(service);
  database.connections.allowDefaultPortFrom(run);
  const template = Template.fromStack(stack);
  const dependencies = dependenciesOf(template, 'Custom::PlimsollTaskRun');
  for (const type of ['AWS::RDS::DBInstance', 'AWS::SecretsManager::SecretTargetAttachment']) {
    expect(dependencies).toEqual(expect.arrayContaining(Object.keys(template.findResources(type))));
  }
  const rules = Object.keys(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(rules).toHaveLength(2);
  expect(rules.filter((rule) => dependencies.includes(rule))).toEqual([expect.stringContaining('Run')]);
  expect(() => app.synth()).not.toThrow();
});

test('to run with a security group that the service makes, before the service, is told to be a circle', () => {
  const { stack, cluster } = exampleApp();
  const service = new FargateService(stack, 'Service', { cluster, taskDefinition: fargateDefinition(stack, 'Web') });
  const { securityGroups } = service.connections;
  new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack), securityGroups, executeBefore: [service] });
  expect(() => Template.fromStack(stack)).toThrow(/circular/i);
});

test('two runs, a cluster and definition of another stack, and a nested stack', () => {
  const { app, stack, cluster } = exampleApp();
  const taskDefinition = fargateDefinition(stack);
  const top = new Stack(app, 'Top');
  const first = new TaskRun(top, 'First', { cluster, taskDefinition });
  new TaskRun(top, 'Second', { cluster, taskDefinition, executeAfter: [first] });
  new TaskRun(new NestedStack(top, 'Nested'), 'Third', { cluster, taskDefinition });
  expect(() => app.synth()).not.toThrow();
  const runs = Template.fromStack(top).findResources('Custom::PlimsollTaskRun');
  expect(Object.entries(runs).find(([id]) => id.startsWith('Second'))?.[1].DependsOn).toContainEqual(
    expect.stringMatching(/^First[0-9A-F]{8}$/),
  );
});

test('a task without an interface of its own goes out as its host', () => {
  const { stack, vpc, cluster } = exampleApp();
  const hosts = new SecurityGroup(stack, 'Hosts', { vpc });
  const run = new TaskRun(stack, 'Run', { cluster, taskDefinition: ec2Definition(stack) });
  cluster.connections.addSecurityGroup(hosts);
  expect(run.connections.securityGroups).toEqual([hosts]);
  const database = new SecurityGroup(stack, 'Database', { vpc });
  database.connections.allowFrom(run, Port.tcp(3306));
  const template = Template.fromStack(stack);
  const [rule] = Object.keys(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(dependenciesOf(template, 'Custom::PlimsollTaskRun')).toContain(rule);
  expect(taskRunProperties(template)).not.toHaveProperty('NetworkConfiguration');
});

test('awsvpc on EC2 has subnets and groups, and no word on public addresses', () => {
  const { stack, vpc, cluster } = exampleApp();
  const group = new SecurityGroup(stack, 'Mine', { vpc });
  new TaskRun(stack, 'Run', {
    cluster,
    taskDefinition: ec2Definition(stack, 'Migrate', NetworkMode.AWS_VPC),
    launchType: LaunchType.EC2,
    securityGroups: [group],
  });
  const { NetworkConfiguration } = taskRunProperties(Template.fromStack(stack));
  expect(NetworkConfiguration).toEqual({
    awsvpcConfiguration: {
      subnets: [expect.any(String), expect.any(String)],
      securityGroups: [expect.stringMatching(/^\$\{Mine\w+\.GroupId\}$/)],
    },
  });
});

test('public subnets without a public address are warned of', () => {
  const { stack, cluster } = exampleApp();
  const taskDefinition = fargateDefinition(stack);
  new TaskRun(stack, 'Run', { cluster, taskDefinition, vpcSubnets: { subnetType: SubnetType.PUBLIC } });
  Annotations.fromStack(stack).hasWarning('/Example/Run', Match.stringLikeRegexp('reaches no image registry'));
});

test('with a public address the task is in public subnets', () => {
  const { stack, cluster } = exampleApp();
  new TaskRun(stack, 'Run', { cluster, taskDefinition: fargateDefinition(stack), assignPublicIp: true });
  Annotations.fromStack(stack).hasNoWarning('/Example/Run', Match.anyValue());
  expect(taskRunProperties(Template.fromStack(stack)).NetworkConfiguration).toMatchObject({
    awsvpcConfiguration: {
      assignPublicIp: 'ENABLED',
      subnets: [expect.stringContaining('PublicSubnet1'), expect.stringContaining('PublicSubnet2')],
    },
  });
});

test('the capacity providers of the cluster are associated before the run', () => {
  const { stack, cluster } = exampleApp();
  cluster.enableFargateCapacityProviders();
  new TaskRun(stack, 'Run', {
    cluster,
    taskDefinition: fargateDefinition(stack),
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT' }],
  });
  const template = Template.fromStack(stack);
  const [association] = Object.keys(template.findResources('AWS::ECS::ClusterCapacityProviderAssociations'));
  expect(dependenciesOf(template, 'Custom::PlimsollTaskRun')).toContain(association);
});

/** The cluster as one that is imported with hosts, which a service on EC2 asks for. */
function withHosts(cluster: Cluster) {
  const { clusterName, vpc } = cluster;
  return Cluster.fromClusterAttributes(Stack.of(cluster), 'Same', { clusterName, vpc, hasEc2Capacity: true, securityGroups: [] });
}
