import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { PublicBalancer, ServiceWithTargets } from './service.js';
import type { StackConfiguration } from './stack-configuration.js';

/** Where alarms tell of themselves. */
export function alarmTopic(scope: Construct, { alarmEmail }: StackConfiguration): Topic {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true });
  if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}

/** What is watched. */
export interface WatchOptions {
  readonly web: ServiceWithTargets;
  readonly balancer: PublicBalancer;
  readonly database: DatabaseInstance;
  readonly configuration: StackConfiguration;
  readonly topic: Topic;
}

/** Makes the alarms of service and database, and a dashboard of both. */
export function watch(scope: Construct, { web, balancer, database, configuration, topic }: WatchOptions): Dashboard {
  const { service, targetGroup } = web;
  const { loadBalancer } = balancer;
  const period = Duration.minutes(1);
  const failures = targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period });
  const unhealthy = targetGroup.metrics.unhealthyHostCount({ period, statistic: 'Maximum' });
  const storage = database.metricFreeStorageSpace({ period, statistic: 'Minimum' });
  const above = (id: string, props: Omit<AlarmProps, 'comparisonOperator' | 'treatMissingData' | 'evaluationPeriods'>) =>
    new Alarm(scope, id, {
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
  const alarms = [
    above('ServiceFails', { metric: failures, threshold: 5, alarmDescription: 'The service answers with errors of its own' }),
    above('TasksUnhealthy', { metric: unhealthy, threshold: 1, alarmDescription: 'A task does not reach the database, or is not up' }),
    above('DatabaseBusy', { metric: database.metricCPUUtilization({ period }), threshold: 80, alarmDescription: 'CPU of the database' }),
    new Alarm(scope, 'DatabaseFull', {
      metric: storage,
      // A tenth of what it began with, in bytes.
      threshold: configuration.database.storageGiB * 2 ** 30 * 0.1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'The database runs out of storage',
    }),
  ];
  for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(topic));
  return new Dashboard(scope, 'ServiceDashboard', {
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', width: 24, alarms })],
      [
        new GraphWidget({ title: 'Requests', width: 8, left: [loadBalancer.metrics.requestCount({ period })], right: [failures] }),
        new GraphWidget({ title: 'Service', width: 8, left: [service.metricCpuUtilization(), service.metricMemoryUtilization()] }),
        new GraphWidget({
          title: 'Database',
          width: 8,
          left: [database.metricCPUUtilization()],
          right: [database.metricDatabaseConnections()],
        }),
      ],
    ],
  });
}
