import { Duration } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { EventField, type EventPattern, type IRuleTarget, Match, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CONCURRENT_DECISIONS } from './call-budget.js';

/** How often a message is tried before it is given up. */
const MAX_RECEIVES = 5;

/** What the way of the events is made with. */
export interface CapacityQueueProps {
  readonly cluster: ICluster;
  readonly handler: LambdaFunction;
  readonly batchingWindow: Duration;
  /** Whether tasks that wait are told of, beside changes of hosts. */
  readonly followsEvents: boolean;
  readonly handlerTimeout: Duration;
  readonly encryptionKey: IKey | undefined;
}

/** The way of the events: rules to a queue, the queue in batches to the function, what is given up to a second queue. */
export class CapacityQueue extends Construct {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;

  public constructor(scope: Construct, id: string, props: CapacityQueueProps) {
    super(scope, id);
    const { cluster, handler, batchingWindow, followsEvents, handlerTimeout, encryptionKey } = props;
    const common = {
      enforceSSL: true,
      encryption: encryptionKey === undefined ? QueueEncryption.SQS_MANAGED : QueueEncryption.KMS,
      ...(encryptionKey && { encryptionMasterKey: encryptionKey }),
    };
    this.deadLetterQueue = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Events', {
      ...common,
      // Six times the function's time and the window on top: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * handlerTimeout.toSeconds() + batchingWindow.toSeconds()),
      // The next scheduled look makes an older event worthless.
      retentionPeriod: Duration.hours(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });
    const targets = [new SqsQueue(this.queue)];
    const tell = (id: string, description: string, eventPattern: EventPattern) =>
      new Rule(this, id, { description, eventPattern, targets });
    tell('HostChanges', `Container instances of ${cluster.node.path} changed`, {
      ...{ source: ['aws.ecs'], detailType: ['ECS Container Instance State Change'] },
      detail: { clusterArn: [cluster.clusterArn] },
    });
    if (followsEvents) {
      tell('TasksWaiting', `Tasks wait for a host of ${cluster.node.path}`, waitingTasks(cluster));
      tell('TasksNotPlaced', `A service found no room on ${cluster.node.path}`, placementFailures(cluster));
    }
    new Rule(this, 'EveryMinute', {
      description: `Time to look at ${cluster.node.path} again, whatever events came or were lost`,
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [this.scheduled(cluster)],
    });
    handler.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10_000,
        maxBatchingWindow: batchingWindow,
        reportBatchItemFailures: true,
        maxConcurrency: CONCURRENT_DECISIONS,
      }),
    );
  }

  /** EventBridge's own scheduled event, which has an empty detail, with the cluster named in it. */
  private scheduled(cluster: ICluster): IRuleTarget {
    return new SqsQueue(this.queue, {
      message: RuleTargetInput.fromObject({
        version: '0',
        id: EventField.eventId,
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: EventField.account,
        time: EventField.time,
        region: EventField.region,
        resources: [cluster.clusterArn],
        detail: { clusterArn: cluster.clusterArn },
      }),
    });
  }
}

/**
 * A task before any host has it: on its way to one that has room, or, run through a capacity provider whose managed scaling is on,
 * waiting for one that has. Those of Fargate wait for no host.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
function waitingTasks(cluster: ICluster): EventPattern {
  return {
    source: ['aws.ecs'],
    detailType: ['ECS Task State Change'],
    detail: {
      clusterArn: [cluster.clusterArn],
      lastStatus: ['PROVISIONING'],
      containerInstanceArn: Match.doesNotExist(),
      launchType: Match.anyOf(Match.anythingBut('FARGATE'), Match.doesNotExist()),
    },
  };
}

/**
 * A service of which a task finds no room, and which will try again.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
function placementFailures(cluster: ICluster): EventPattern {
  return {
    source: ['aws.ecs'],
    detailType: ['ECS Service Action'],
    detail: { clusterArn: [cluster.clusterArn], eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'] },
  };
}
