import { Match, type Template } from 'aws-cdk-lib/assertions';
import { PRODUCTION, SMALL } from '../src/configuration.js';
import { stackOf, templateOf } from './helpers/synthesise.js';

const small = templateOf();
const production = templateOf(PRODUCTION);
const secure = templateOf({
  ...SMALL,
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0123',
  domainName: 'todo.example.com',
});

/** The one resource of a type: its logical id and all of it. */
function only(
  template: Template,
  type: string,
): [string, Record<string, never> & { Properties: Record<string, never>; DependsOn?: string[] }] {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0] as never;
}

/** Everything that CloudFormation makes before a resource, by reference or by word. */
function before(template: Template, id: string, seen = new Set<string>()): Set<string> {
  const resources = template.toJSON().Resources as Record<string, { DependsOn?: string | string[] }>;
  const text = JSON.stringify(resources[id]);
  const referenced = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\s*\[?"([^"]+)"/g)].map(([, name]) => name ?? '');
  for (const name of [...referenced, ...[resources[id]?.DependsOn ?? []].flat()]) {
    if (!(name in resources) || seen.has(name)) continue;
    seen.add(name);
    before(template, name, seen);
  }
  return seen;
}

describe('the database', () => {
  test('is MySQL 8.4, encrypted, backed up, closed to the world, and takes encrypted connections alone', () => {
    small.hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      EngineVersion: Match.stringLikeRegexp('^8\\.4\\.'),
      StorageEncrypted: true,
      PubliclyAccessible: false,
      BackupRetentionPeriod: 1,
    });
    small.hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { require_secure_transport: '1' } });
  });

  test('has a password that Amazon RDS makes, keeps and rotates, and that is in no template', () => {
    const [id, { Properties }] = only(small, 'AWS::RDS::DBInstance');
    expect(Properties).toMatchObject({ ManageMasterUserPassword: true });
    expect(Properties).not.toHaveProperty('MasterUserPassword');
    const secrets = Object.values(small.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties: { ContainerDefinitions } }) =>
      ContainerDefinitions.flatMap(({ Secrets = [] }: { Secrets?: object[] }) => Secrets),
    );
    expect(secrets).toEqual(Array(2).fill({ Name: 'MYSQL_SECRET', ValueFrom: { 'Fn::GetAtt': [id, 'MasterUserSecret.SecretArn'] } }));
  });

  test('in production stands by in a second zone, and neither it nor the stack can be deleted', () => {
    production.hasResource('AWS::RDS::DBInstance', {
      Properties: { MultiAZ: true, DeletionProtection: true, BackupRetentionPeriod: 14 },
      DeletionPolicy: 'Retain',
    });
    small.hasResource('AWS::RDS::DBInstance', { Properties: { MultiAZ: false, DeletionProtection: false }, DeletionPolicy: 'Snapshot' });
    expect([stackOf(PRODUCTION), stackOf(SMALL)].map(({ stack }) => stack.terminationProtection)).toEqual([true, false]);
  });

  test('lets in the hosts of the cluster alone', () => {
    const [host] = Object.keys(small.findResources('AWS::EC2::SecurityGroup')).filter((id) => id.startsWith('HostSecurityGroup'));
    const [, group] =
      Object.entries(small.findResources('AWS::EC2::SecurityGroup')).find(([id]) => id.startsWith('DatabaseSecurityGroup')) ?? [];
    const rules = [
      ...(group?.Properties.SecurityGroupIngress ?? []),
      ...Object.values(small.findResources('AWS::EC2::SecurityGroupIngress')).map((rule) => rule.Properties),
    ];
    const sources = rules
      .filter(({ ToPort }) => JSON.stringify(ToPort)?.includes('Endpoint.Port'))
      .map(({ SourceSecurityGroupId }) => SourceSecurityGroupId);
    expect(sources).toEqual([{ 'Fn::GetAtt': [host, 'GroupId'] }]);
  });
});

test('nothing but a last snapshot of the database is left of the small stack', () => {
  const left = Object.entries((small.toJSON() as { Resources: Record<string, { DeletionPolicy?: string }> }).Resources).filter(
    ([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete',
  );
  expect(left.map(([id, { DeletionPolicy }]) => [id.replace(/[0-9A-F]{8}$/, ''), DeletionPolicy])).toEqual([['Database', 'Snapshot']]);
});

describe('the hosts', () => {
  test('boot once there is a way out, without which they could not join', () => {
    const [group] = only(small, 'AWS::AutoScaling::AutoScalingGroup');
    const routes = Object.entries(small.findResources('AWS::EC2::Route', { Properties: { NatGatewayId: Match.anyValue() } }));
    expect(routes).toHaveLength(2);
    expect([...before(small, group)]).toEqual(expect.arrayContaining(routes.map(([id]) => id)));
  });

  test('are 1 to 4, and no deployment sets their number back', () => {
    const [, { Properties }] = only(small, 'AWS::AutoScaling::AutoScalingGroup');
    expect(Properties).toMatchObject({ MinSize: '1', MaxSize: '4' });
    expect(Properties).not.toHaveProperty('DesiredCapacity');
  });

  test('run the current ECS-optimised image, with IMDSv2, an encrypted disk and no way in by SSH', () => {
    const [, { Properties }] = only(small, 'AWS::EC2::LaunchTemplate');
    expect(Properties).toMatchObject({
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
      },
    });
    expect(JSON.stringify(Properties)).not.toContain('KeyName');
    expect(JSON.stringify(small.findParameters('*'))).toContain('/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id');
    const ports = Object.values(small.findResources('AWS::EC2::SecurityGroup')).flatMap(
      (group) => group.Properties.SecurityGroupIngress ?? [],
    );
    expect(ports.map(({ FromPort }: { FromPort: number }) => FromPort)).not.toContain(22);
  });

  test('are replaced one by one, each once the new one has joined', () => {
    small.hasResource('AWS::AutoScaling::AutoScalingGroup', {
      CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT15M' } },
      UpdatePolicy: {
        AutoScalingRollingUpdate: { MaxBatchSize: 1, MinInstancesInService: 1, WaitOnResourceSignals: true, PauseTime: 'PT15M' },
      },
    });
    const userData = JSON.stringify(only(small, 'AWS::EC2::LaunchTemplate')[1].Properties);
    expect(userData).toMatch(/systemd-run --no-block.*51678.*container-instance.*cfn-signal/);
    expect(userData).toContain(`--resource ${only(small, 'AWS::AutoScaling::AutoScalingGroup')[0]} `);
  });

  test('are drained by Amazon ECS and scaled by nobody but the capacity function', () => {
    const [, { Properties }] = only(small, 'AWS::ECS::CapacityProvider');
    expect(Properties).toMatchObject({
      AutoScalingGroupProvider: { ManagedDraining: 'ENABLED', ManagedTerminationProtection: 'DISABLED' },
    });
    expect(Properties.AutoScalingGroupProvider).not.toHaveProperty('ManagedScaling');
    expect(only(small, 'AWS::AutoScaling::AutoScalingGroup')[1].Properties).toMatchObject({ NewInstancesProtectedFromScaleIn: false });
    expect(Object.keys(small.findResources('AWS::Lambda::Function')).filter((id) => id.includes('Drain'))).toEqual([]);
  });
});

describe('the service', () => {
  test('rolls back by itself, has time to start, and keeps the number of tasks it has', () => {
    const [, { Properties }] = only(small, 'AWS::ECS::Service');
    expect(Properties).toMatchObject({
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
      HealthCheckGracePeriodSeconds: 60,
      PlacementStrategies: [
        { Type: 'spread', Field: 'attribute:ecs.availability-zone' },
        { Type: 'binpack', Field: 'MEMORY' },
      ],
    });
    expect(Properties).not.toHaveProperty('DesiredCount');
  });

  test('scales by CPU: one more above 40 %, one less below 20 %', () => {
    small.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
    for (const [threshold, comparison] of [
      [40, 'GreaterThanOrEqualToThreshold'],
      [20, 'LessThanOrEqualToThreshold'],
    ]) {
      small.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'AWS/ECS',
        MetricName: 'CPUUtilization',
        Threshold: threshold,
        ComparisonOperator: comparison,
        EvaluationPeriods: 3,
        Period: 60,
      });
    }
  });

  test('is asked for its health, which asks the database', () => {
    small.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/health',
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
  });

  test('starts once its static files are in a volume of the task, which it cannot write', () => {
    small.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Name: 'todobackend',
          Essential: true,
          DependsOn: [{ ContainerName: 'collectstatic', Condition: 'SUCCESS' }],
          MountPoints: [{ ContainerPath: '/public', ReadOnly: true, SourceVolume: 'public' }],
          PortMappings: [{ ContainerPort: 8000, HostPort: 0, Protocol: 'tcp' }],
          ReadonlyRootFilesystem: true,
        }),
        Match.objectLike({
          Name: 'collectstatic',
          Essential: false,
          MountPoints: [{ ContainerPath: '/public', ReadOnly: false, SourceVolume: 'public' }],
        }),
      ],
      Volumes: [{ Host: {}, Name: 'public' }],
    });
  });

  test('is reached by the load balancer on the ports that Docker chooses', () => {
    const [, rule] =
      Object.entries(small.findResources('AWS::EC2::SecurityGroupIngress')).find(([id]) => id.includes('LoadBalancer')) ?? [];
    expect(rule?.Properties).toMatchObject({
      GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^HostSecurityGroup/), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^LoadBalancerSecurityGroup/), 'GroupId'] },
      FromPort: 32768,
      ToPort: 65535,
    });
  });

  test('answers to its own name alone', () => {
    const [balancer] = only(small, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    const allowed = (template: Template) =>
      /{"Name":"ALLOWED_HOSTS","Value":(.*?)},{"Name":"TRUSTED/.exec(JSON.stringify(template.toJSON()))?.[1];
    expect(allowed(small)).toBe(`{"Fn::GetAtt":["${balancer}","DNSName"]}`);
    expect(allowed(secure)).toBe('"todo.example.com"');
  });

  test('with a certificate speaks HTTPS and sends HTTP there', () => {
    secure.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Protocol: 'HTTPS' });
    secure.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
    });
    expect(secure.findOutputs('PublicURL').PublicURL?.Value).toBe('https://todo.example.com');
  });
});

describe('the migration', () => {
  test('comes before the service, and after the database, its rules, the capacity provider and the rights of its roles', () => {
    const [run] = only(small, 'Custom::PlimsollTaskRun');
    const [service] = only(small, 'AWS::ECS::Service');
    expect(before(small, service)).toContain(run);
    const first = [...before(small, run)];
    for (const part of [
      'Database',
      'DatabaseSecurityGroup',
      'CapacityProvider',
      'Cluster',
      'MigrateTaskDefinitionExecutionRoleDefaultPolicy',
      'ApplicationLog',
    ]) {
      expect(first).toContainEqual(expect.stringMatching(new RegExp(`^${part}[0-9A-F]{8}$`)));
    }
    expect(first).not.toContain(service);
  });

  test('is not run by a rollback, and may wait for the first host', () => {
    expect(only(small, 'Custom::PlimsollTaskRun')[1].Properties).toMatchObject({ RunOnRollback: false, Timeout: 840 });
    expect(only(production, 'Custom::PlimsollTaskRun')[1].Properties).toMatchObject({ Timeout: 1800 });
  });

  test('runs the image of the service', () => {
    const images = Object.values(small.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties: { ContainerDefinitions } }) =>
      ContainerDefinitions.map(({ Image }: { Image: object }) => JSON.stringify(Image)),
    );
    expect(new Set(images).size).toBe(1);
  });
});

test('the capacity function counts the service’s own tasks, with headroom', () => {
  const handlers = Object.entries(small.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith('CapacityHandler'));
  const sizes = JSON.stringify(handlers[0]?.[1].Properties.Environment.Variables.PLIMSOLL_TASK_SIZES);
  expect(sizes).toMatch(/todobackend.*WebTaskDefinition.*headroom.*:1.*migrate.*MigrateTaskDefinition/);
});

test('alarms go to one topic, and by mail where an address is given', () => {
  small.resourceCountIs('AWS::SNS::Subscription', 0);
  templateOf({ ...SMALL, alarmEmail: 'ops@example.com' }).hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'ops@example.com',
  });
  const [topic] = only(small, 'AWS::SNS::Topic');
  const told = Object.entries(small.findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmActions: [{ Ref: topic }] } }));
  expect(told.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(
    [
      'CapacityDeadLettersGrow',
      'CapacityFunctionErrors',
      'CapacityMetricsStale',
      'DatabaseBusy',
      'DatabaseFull',
      'ServiceFails',
      'TasksUnhealthy',
    ].sort(),
  );
});

test('the outputs tell where the service is', () => {
  expect(Object.keys(small.findOutputs('*')).sort()).toEqual(['ClusterName', 'DatabaseEndpoint', 'MigrationTask', 'PublicURL']);
});
