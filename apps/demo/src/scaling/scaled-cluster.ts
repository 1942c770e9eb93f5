import type { AutoScaling, CloudWatchAlarms, EcsEvent } from '@plimsoll/simulator';
import { webDefinition } from '../deployment/deploy.js';
import type { LocalCluster } from '../deployment/local-cluster.js';

import type { CapacityFunction, NamedHost } from './capacity-function.js';
import { type GroupHost, HostsGroup } from './hosts-group.js';
import { cpuPercent, LOAD, loadAt } from './load.js';
import type { MetricsInVirtualTime } from './metrics-in-virtual-time.js';
import type { Removal, ScalingMoment, ScalingPlay } from './moment.js';
import { ScaledService } from './scaled-service.js';
import type { ScalingSettings } from './settings.js';
import { adjustmentAt } from './step-scaling.js';
import { MINUTE_MILLIS, type VirtualClock } from './virtual-clock.js';

/** What a play is made of. */
export interface ScaledClusterOptions {
  readonly cluster: LocalCluster;
  readonly settings: ScalingSettings;
  readonly clock: VirtualClock;
  readonly metrics: MetricsInVirtualTime;
  readonly alarms: CloudWatchAlarms;
  readonly autoScaling: AutoScaling;
  /** EC2 instance ids that Auto Scaling was told to terminate, as they come. */
  readonly terminated: string[];
  readonly takeEvents: () => readonly EcsEvent[];
}

/** The stack's cluster under load, minute by minute. */
export class ScaledCluster {
  public readonly service: ScaledService;
  private readonly group: HostsGroup;
  private readonly taskCpuUnits: number;
  private readonly moments: ScalingMoment[] = [];
  private readonly removals: Array<{ -readonly [Key in keyof Removal]: Removal[Key] }> = [];
  private readonly additions: Array<{ readonly minute: number; readonly hosts: number }> = [];
  private published: ReadonlyMap<string, number> = new Map();

  public constructor(private readonly options: ScaledClusterOptions) {
    const { cluster, settings, autoScaling } = options;
    const { groupName, hosts, hostPolicy, tasks } = settings;
    this.group = new HostsGroup(cluster, autoScaling, { groupName, hosts, warmupSeconds: hostPolicy.pauseSeconds });
    const definition = webDefinition(cluster.template);
    this.taskCpuUnits = cluster.definitionOf(definition).containerDefinitions.reduce((sum, { cpu = 0 }) => sum + cpu, 0);
    this.service = new ScaledService(cluster, {
      service: settings.service,
      bounds: tasks,
      taskDefinition: String(cluster.references.ref(definition.id)),
      hostOf: (arn) => this.group.all().find(({ containerInstanceArn }) => containerInstanceArn === arn),
    });
  }

  public result(): Omit<ScalingPlay, 'invocations'> {
    return { settings: this.options.settings, moments: this.moments, additions: this.additions, removals: this.removals };
  }

  /** One minute: alarms look back, policies act, hosts and tasks come and go, and the function looks at what is there now. */
  public async minute(minute: number, capacityFunction: CapacityFunction): Promise<ScalingMoment> {
    const { clock, alarms, metrics, settings } = this.options;
    if (minute > 0) clock.nowMillis += MINUTE_MILLIS;
    const happenings = [...LOAD.filter(({ fromMinute }) => fromMinute === minute).map(({ title }) => title)];
    alarms.evaluate();
    happenings.push(...this.scaleTasks(minute), ...this.scaleHosts(minute), ...this.moveTasks(minute));
    const tasks = this.service.tasks();
    const cpu = cpuPercent(loadAt(minute).cpuUnits, tasks.length, this.taskCpuUnits);
    const [policy] = settings.taskPolicies;
    if (policy !== undefined) {
      const { Namespace, MetricName, Dimensions } = policy.alarm;
      metrics.add(Namespace, MetricName, { dimensions: Dimensions, value: cpu, timestampMs: clock.nowMillis });
    }
    const named = await capacityFunction.minute(this.options.takeEvents(), new Date(clock.nowMillis));
    this.published = metrics.takeOver(clock.nowMillis);
    happenings.push(...this.removeHosts(minute, named));
    const moment = this.look(minute, cpu, happenings);
    this.moments.push(moment);
    return moment;
  }

  private scaleTasks(minute: number): readonly string[] {
    const { alarms, settings } = this.options;
    const cpu = this.moments.at(-1)?.cpuPercent ?? 0;
    return settings.taskPolicies.flatMap((policy) => {
      if (alarms.stateOf(policy.alarm.AlarmName) !== 'ALARM') return [];
      const change = this.service.scale(policy, cpu, minute);
      return change === 0 ? [] : [`the service wants ${this.service.desired} ${this.service.desired === 1 ? 'task' : 'tasks'}`];
    });
  }

  private scaleHosts(minute: number): readonly string[] {
    const { alarms, settings } = this.options;
    const { alarm, steps } = settings.hostPolicy;
    const happenings: string[] = [];
    if (alarms.stateOf(alarm.AlarmName) === 'ALARM') {
      const hostsShort = this.published.get(alarm.MetricName) ?? 0;
      const added = this.group.scaleOut(adjustmentAt(steps, alarm.Threshold, hostsShort), minute);
      if (added > 0) {
        this.additions.push({ minute, hosts: added });
        happenings.push(`HostsShort is ${hostsShort}: ${added} host added`);
      }
    }
    for (const { instanceId } of this.group.join(minute)) happenings.push(`${shortened(instanceId)} has joined`);
    return happenings;
  }

  private moveTasks(minute: number): readonly string[] {
    const { started, stopped } = this.service.reconcile();
    const happenings = [...counted(started.length, 'started'), ...counted(stopped.length, 'stopped')];
    const leaving = this.removals.filter(({ goneMinute }) => goneMinute === undefined);
    for (const removal of leaving) {
      const left = stopped.filter((arn) => removal.taskArns.includes(arn)).length;
      removal.replaced += Math.min(left, started.length);
    }
    const tasksOn = (arn: string) => this.service.tasks().filter(({ containerInstanceArn }) => containerInstanceArn === arn).length;
    for (const host of this.group.leave(tasksOn)) {
      happenings.push(`${shortened(host.instanceId)} is empty and gone`);
      for (const removal of leaving) if (removal.terminated === host.instanceId) removal.goneMinute = minute;
    }
    return happenings;
  }

  /** What the function did meanwhile: Auto Scaling told the group, and the capacity provider drains the host. */
  private removeHosts(minute: number, named: readonly NamedHost[]): readonly string[] {
    return this.options.terminated.splice(0).map((instanceId, index) => {
      const taskArns = this.tasksOf(this.group.find(instanceId));
      const { ec2InstanceId = '', containerInstanceArn = '' } = named[index] ?? {};
      const host = this.group.drain(instanceId);
      this.removals.push({
        minute,
        named: { instanceId: ec2InstanceId, containerInstanceArn },
        terminated: instanceId,
        drained: host?.containerInstanceArn ?? '',
        taskArns,
        replaced: 0,
        goneMinute: undefined,
      });
      return `the function names ${shortened(instanceId)}, which runs ${taskArns.length} of the tasks: it drains`;
    });
  }

  private tasksOf(host: GroupHost | undefined): readonly string[] {
    return this.service
      .tasks()
      .filter(({ containerInstanceArn }) => containerInstanceArn === host?.containerInstanceArn)
      .map(({ taskArn }) => taskArn);
  }

  private look(minute: number, cpu: number, happenings: readonly string[]): ScalingMoment {
    const { settings, alarms } = this.options;
    const hosts = this.group.all();
    const names = [settings.drainableAlarm, ...[settings.hostPolicy, ...settings.taskPolicies].map(({ alarm }) => alarm)].map(
      ({ AlarmName }) => AlarmName,
    );
    return {
      minute,
      cpuPercent: cpu,
      tasks: { desired: this.service.desired, running: this.service.tasks().length, waiting: this.service.waiting },
      hosts: {
        active: hosts.filter(({ containerInstanceArn, isLeaving }) => containerInstanceArn !== undefined && !isLeaving).length,
        draining: hosts.filter(({ containerInstanceArn, isLeaving }) => containerInstanceArn !== undefined && isLeaving).length,
        booting: hosts.filter(({ containerInstanceArn }) => containerInstanceArn === undefined).length,
      },
      published: {
        hostsShort: this.published.get('HostsShort') ?? Number.NaN,
        drainableHosts: this.published.get('DrainableHosts') ?? Number.NaN,
      },
      alarms: names.filter((name) => alarms.stateOf(name) === 'ALARM'),
      happenings,
    };
  }
}

function counted(tasks: number, what: string): readonly string[] {
  return tasks === 0 ? [] : [`${tasks} ${tasks === 1 ? 'task' : 'tasks'} ${what}`];
}

/** An instance id without its zeros. */
function shortened(instanceId: string): string {
  return instanceId.replace(/^i-0+/, 'host ');
}
