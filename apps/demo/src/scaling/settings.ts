import { DemoError } from '../demo-error.js';
import type { LocalCluster } from '../deployment/local-cluster.js';
import { type Resource, resourcesOfType, theResource } from '../template/template.js';
import type { StepAdjustment } from './step-scaling.js';

/** An alarm as PutMetricAlarm takes it, as far as it is read. */
export interface AlarmProperties {
  readonly AlarmName: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
  readonly Statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'SampleCount';
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
}

/** A step scaling policy and the alarm that triggers it. */
export interface TriggeredPolicy {
  readonly id: string;
  readonly alarm: AlarmProperties;
  readonly steps: readonly StepAdjustment[];
  /** Time that a scaling of the service holds others off, or that a host warms up, in seconds. */
  readonly pauseSeconds: number;
}

/** A number between bounds. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** Everything about scaling that the template says. */
export interface ScalingSettings {
  readonly groupName: string;
  readonly hosts: Bounds;
  /** Adds hosts. */
  readonly hostPolicy: TriggeredPolicy;
  /** Lets the function remove a host. */
  readonly drainableAlarm: AlarmProperties;
  readonly service: Resource;
  readonly tasks: Bounds;
  /** Scale the service by its CPU. */
  readonly taskPolicies: readonly TriggeredPolicy[];
  readonly capacityFunction: {
    readonly id: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly timeoutSeconds: number;
    readonly memorySizeMiB: number;
  };
  /** What the schedule sends each minute, with `<id>`, `<account>`, `<time>` and `<region>` to be filled in. */
  readonly tickTemplate: string;
}

/**
 * Reads them.
 *
 * @throws {DemoError} when the template is not scaled as the reference stack is
 */
export function readScalingSettings(cluster: LocalCluster): ScalingSettings {
  const { template } = cluster;
  const group = theResource(template, 'AWS::AutoScaling::AutoScalingGroup');
  const { MinSize, MaxSize } = group.properties as { readonly MinSize: string; readonly MaxSize: string };
  const target = theResource(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
  const { MinCapacity, MaxCapacity } = target.properties as { readonly MinCapacity: number; readonly MaxCapacity: number };
  const handler = theResource(template, 'AWS::Lambda::Function', ({ properties }) => 'PLIMSOLL_SCALE_IN' in variablesOf(properties));
  const properties = cluster.resolve(handler.properties) as FunctionProperties;
  const { alarmName } = JSON.parse(properties.Environment.Variables.PLIMSOLL_SCALE_IN ?? '{}') as { readonly alarmName: string };
  return {
    groupName: group.id,
    hosts: { minimum: Number(MinSize), maximum: Number(MaxSize) },
    hostPolicy: triggered(cluster, theResource(template, 'AWS::AutoScaling::ScalingPolicy')),
    drainableAlarm: alarmOf(
      cluster,
      theResource(template, 'AWS::CloudWatch::Alarm', ({ id }) => id === alarmName),
    ),
    service: theResource(template, 'AWS::ECS::Service'),
    tasks: { minimum: MinCapacity, maximum: MaxCapacity },
    taskPolicies: resourcesOfType(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').map((policy) => triggered(cluster, policy)),
    capacityFunction: {
      id: handler.id,
      environment: properties.Environment.Variables,
      timeoutSeconds: properties.Timeout,
      memorySizeMiB: properties.MemorySize,
    },
    tickTemplate: tickTemplate(cluster),
  };
}

function triggered(cluster: LocalCluster, policy: Resource): TriggeredPolicy {
  const alarm = theResource(cluster.template, 'AWS::CloudWatch::Alarm', ({ properties }) =>
    ((properties.AlarmActions ?? []) as ReadonlyArray<{ readonly Ref?: string }>).some(({ Ref }) => Ref === policy.id),
  );
  const properties = policy.properties as PolicyProperties;
  const step = properties.StepScalingPolicyConfiguration ?? properties;
  const { AdjustmentType, StepAdjustments, Cooldown, EstimatedInstanceWarmup } = step;
  if (AdjustmentType !== 'ChangeInCapacity' || StepAdjustments === undefined) {
    throw new DemoError('TEMPLATE', `${policy.id} adjusts by ${AdjustmentType}: the demo plays policies of steps that change capacity`);
  }
  return { id: policy.id, alarm: alarmOf(cluster, alarm), steps: StepAdjustments, pauseSeconds: EstimatedInstanceWarmup ?? Cooldown ?? 0 };
}

function alarmOf(cluster: LocalCluster, { id, properties }: Resource): AlarmProperties {
  // Its actions are the demo's to carry out.
  const { AlarmActions: _, AlarmDescription: __, ...alarm } = properties;
  return { ...(cluster.resolve(alarm) as Omit<AlarmProperties, 'AlarmName'>), AlarmName: id };
}

/** The schedule's rule makes the event out of a template of its own. */
function tickTemplate(cluster: LocalCluster): string {
  const rule = theResource(cluster.template, 'AWS::Events::Rule', ({ properties }) => properties.ScheduleExpression === 'rate(1 minute)');
  const { Targets } = rule.properties as {
    readonly Targets: ReadonlyArray<{ readonly InputTransformer: { readonly InputTemplate: unknown } }>;
  };
  return String(cluster.resolve(Targets[0]?.InputTransformer.InputTemplate));
}

function variablesOf(properties: Readonly<Record<string, unknown>>): object {
  return (properties as { readonly Environment?: { readonly Variables?: object } }).Environment?.Variables ?? {};
}

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  readonly Timeout: number;
  readonly MemorySize: number;
}

interface PolicyProperties extends StepProperties {
  readonly StepScalingPolicyConfiguration?: StepProperties;
}

interface StepProperties {
  readonly AdjustmentType?: string;
  readonly StepAdjustments?: readonly StepAdjustment[];
  readonly Cooldown?: number;
  readonly EstimatedInstanceWarmup?: number;
}
