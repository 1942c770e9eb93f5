import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ClusterCapacity, TaskSize } from '../../src/index.js';
import { exampleApp } from '../helpers/example-app.js';
import { plain } from '../helpers/policy.js';

const WEB = TaskSize.of({ name: 'web', cpuUnits: 250, memoryMiB: 400 });

function capacityTemplate(options: Partial<ConstructorParameters<typeof ClusterCapacity>[2]> = {}) {
  const { stack, cluster } = exampleApp();
  new ClusterCapacity(stack, 'Capacity', { cluster, taskSizes: [WEB], ...options });
  return Template.fromStack(stack);
}

test('changes of hosts of this cluster alone reach the queue', () => {
  const template = capacityTemplate();
  const [rule] = Object.values(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: Match.anyValue() } }));
  expect(plain(rule?.Properties.EventPattern)).toEqual({
    source: ['aws.ecs'],
    'detail-type': ['ECS Container Instance State Change'],
    detail: { clusterArn: [expect.stringMatching(/^\$\{Cluster\w+\.Arn\}$/)] },
  });
  expect(plain(rule?.Properties.Targets[0].Arn)).toMatch(/^\$\{CapacityQueueEvents\w+\.Arn\}$/);
});

test('each minute a scheduled event that names the cluster goes the same way', () => {
  const template = capacityTemplate();
  const [rule] = Object.values(template.findResources('AWS::Events::Rule', { Properties: { ScheduleExpression: 'rate(1 minute)' } }));
  const [target] = rule?.Properties.Targets ?? [];
  expect(plain(target.Arn)).toMatch(/^\$\{CapacityQueueEvents\w+\.Arn\}$/);
  const event = JSON.parse((plain(target.InputTransformer.InputTemplate) as string).replace(/<[\w-]+>/g, '"x"'));
  expect(event).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    detail: { clusterArn: expect.stringMatching(/^\$\{Cluster\w+\.Arn\}$/) },
  });
});

test('messages go in batches, fail one by one, and are given up in the end', () => {
  const template = capacityTemplate();
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 11,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  const [queue] = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith('CapacityQueueEvents'));
  expect(plain(queue?.[1].Properties)).toMatchObject({
    SqsManagedSseEnabled: true,
    VisibilityTimeout: 371,
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: expect.stringMatching(/^\$\{CapacityQueueDeadLetters/) },
  });
});

test.each([
  [1, 3],
  [100, 3],
  [101, 5],
  [1000, 21],
  // Longer would keep the schedule's messages waiting, and leave minutes without a number.
  [5000, 30],
])('with %d hosts events are collected for %d s', (clusterSize, window) => {
  capacityTemplate({ clusterSize }).hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: window });
});

test.each([
  [{ clusterSize: 500 }, 5],
  [{ clusterSize: 5000 }, 5],
  [{ clusterSize: 500, readTasks: true }, 5],
  [{ clusterSize: 5000, readTasks: true }, 32],
  [{ clusterSize: 5000, readTasks: true, ecsCallsPerSecond: 20 }, 5],
])('%j: numbers are old after %d minutes, in which the budget lets the cluster be read three times', (options, minutes) => {
  capacityTemplate(options).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'StateAgeSeconds', EvaluationPeriods: minutes });
});

test("a budget of one's own makes the window, and the function knows of it", () => {
  const template = capacityTemplate({ clusterSize: 1000, ecsCallsPerSecond: 10 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 5 });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { PLIMSOLL_ECS_CALLS_PER_SECOND: '10' } } });
  capacityTemplate({ clusterSize: 5000, ecsCallsPerSecond: 0.1 }).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    MaximumBatchingWindowInSeconds: 30,
  });
});

test.each([
  [{}, 60],
  [{ clusterSize: 5000 }, 60],
  [{ clusterSize: 5000, readTasks: true }, 141],
])('%j: the function has %d s, and its messages six times as long', (options, seconds) => {
  const template = capacityTemplate({ ...options, batchingWindow: Duration.seconds(10) });
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: seconds });
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * seconds + 10 });
});

test.each([
  [{}, 256],
  [{ clusterSize: 2000 }, 256],
  [{ clusterSize: 2001 }, 512],
  [{ readTasks: true }, 256],
  [{ clusterSize: 501, readTasks: true }, 512],
  [{ clusterSize: 5000, readTasks: true }, 1024],
  [{ clusterSize: 5000, readTasks: true, memorySizeMiB: 300 }, 300],
])('%j: memory is %d MiB', (options, MemorySize) => {
  capacityTemplate(options).hasResourceProperties('AWS::Lambda::Function', { MemorySize });
});

test("a window of one's own is taken", () => {
  capacityTemplate({ batchingWindow: Duration.seconds(300) }).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    MaximumBatchingWindowInSeconds: 300,
  });
});

test('the function knows sizes and namespace, runs the shipped bundle and keeps its log a month', () => {
  const template = capacityTemplate();
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(handler?.Properties).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Timeout: 60,
    MemorySize: 256,
  });
  expect(handler?.Properties.Environment.Variables).toEqual({
    PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]',
    PLIMSOLL_METRIC_NAMESPACE: 'Plimsoll/ECS',
    PLIMSOLL_ECS_CALLS_PER_SECOND: '2',
    PLIMSOLL_MAXIMUM_CONCURRENCY: '2',
    // Known before the schedule's first message: without, every event would be worth a reading.
    PLIMSOLL_CLUSTERS: { 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'Arn'] },
  });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
});

test('one key encrypts queues, log and environment', () => {
  const { stack, cluster } = exampleApp();
  const encryptionKey = new Key(stack, 'Key');
  new ClusterCapacity(stack, 'Capacity', {
    cluster,
    taskSizes: [WEB],
    encryptionKey,
    logRetention: RetentionDays.ONE_WEEK,
    memorySizeMiB: 512,
  });
  const template = Template.fromStack(stack);
  const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
  template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: arn });
  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: arn, RetentionInDays: 7 });
  template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: arn, MemorySize: 512 });
});

test('what fails is told', () => {
  const actions = [{ bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-west-1:111122223333:pager' }) }];
  const template = capacityTemplate({ alarmActions: actions });
  template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pager'] });
  // Of a decision that fails the messages go back to the queue, and Lambda counts no error.
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: '{ $.message = "decision failed" }',
    MetricTransformations: [
      {
        MetricName: 'FailedDecisions',
        MetricNamespace: 'Plimsoll/ECS',
        MetricValue: '1',
        Dimensions: [{ Key: 'ClusterName', Value: '$.cluster' }],
      },
    ],
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: 'FILL(errors, 0) + FILL(failed, 0)' }),
      Match.objectLike({ MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' } } }),
      Match.objectLike({
        MetricStat: {
          Metric: {
            MetricName: 'FailedDecisions',
            Dimensions: [{ Name: 'ClusterName', Value: { Ref: Match.stringLikeRegexp('^Cluster') } }],
          },
          Stat: 'Sum',
        },
      }),
    ]),
    EvaluationPeriods: 5,
    DatapointsToAlarm: 3,
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'QueueName'] } }],
  });
  // Whatever broke, no number is the worst number.
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'Plimsoll/ECS',
    MetricName: 'StateAgeSeconds',
    Statistic: 'Maximum',
    Threshold: 120,
    EvaluationPeriods: 5,
    TreatMissingData: 'breaching',
  });
});
