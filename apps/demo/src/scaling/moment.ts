import type { ScalingSettings } from './settings.js';

/** A minute of the cluster, as it was seen at its end. */
export interface ScalingMoment {
  readonly minute: number;
  /** CPU utilisation of the service, in percent. */
  readonly cpuPercent: number;
  /** Tasks that the service wants, that run, and that found no host. */
  readonly tasks: { readonly desired: number; readonly running: number; readonly waiting: number };
  /** Hosts that take tasks, that are drained, and that boot. */
  readonly hosts: { readonly active: number; readonly draining: number; readonly booting: number };
  /** What the function published. */
  readonly published: { readonly hostsShort: number; readonly drainableHosts: number };
  /** Names of alarms in ALARM. */
  readonly alarms: readonly string[];
  /** What happened, in words. */
  readonly happenings: readonly string[];
}

/** A host that the function removed. */
export interface Removal {
  readonly minute: number;
  /** EC2 instance id and ARN that the function's log names. */
  readonly named: { readonly instanceId: string; readonly containerInstanceArn: string };
  /** EC2 instance id that Auto Scaling was told to terminate. */
  readonly terminated: string;
  /** ARN of the container instance that was then drained. */
  readonly drained: string;
  /** Tasks of the service that ran on it then. */
  readonly taskArns: readonly string[];
  /** How many of them were stopped there after as many had been started elsewhere. */
  readonly replaced: number;
  /** Minute in which the host was empty and gone; undefined if it never was. */
  readonly goneMinute: number | undefined;
}

/** The whole play. */
export interface ScalingPlay {
  readonly moments: readonly ScalingMoment[];
  readonly removals: readonly Removal[];
  /** Minutes in which hosts were added by the policy, and how many. */
  readonly additions: ReadonlyArray<{ readonly minute: number; readonly hosts: number }>;
  /** What the template says. */
  readonly settings: Pick<ScalingSettings, 'hosts' | 'tasks' | 'hostPolicy' | 'drainableAlarm' | 'taskPolicies'>;
  /** Invocations of the function's bundle. */
  readonly invocations: number;
}
