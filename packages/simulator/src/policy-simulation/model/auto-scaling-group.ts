import { createRandom } from '../../virtual-time/seeded-random.js';
import type { CompleteSettings } from '../settings.js';
import { SIMULATED_CLUSTER } from './arns.js';
import type { SimulatedCluster } from './cluster.js';
import { SimulatedHost } from './simulated-host.js';
import type { Timeline } from './timeline.js';

const HOUR_MILLIS = 3_600_000;

/** Who is told what the group does. */
export interface GroupListener {
  /** A host was launched. */
  launched(host: SimulatedHost): void;
  /** A host was told to go. */
  leaving(host: SimulatedHost): void;
  /** A host is gone. */
  terminated(host: SimulatedHost): void;
}

/** What a group is made with. */
export interface GroupOptions {
  readonly timeline: Timeline;
  readonly cluster: SimulatedCluster;
  readonly settings: CompleteSettings;
  readonly listener: GroupListener;
  /**
   * How long a host may drain before it is terminated whatever it runs, in milliseconds; 0 terminates at once.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html
   */
  readonly drainMillis: number;
  /** Whether new hosts are protected from scale-in. */
  readonly protectsNew: boolean;
}

/** An Auto Scaling group whose instances register with the cluster. */
export class AutoScalingGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<SimulatedHost>();
  #desired = 0;
  #launched = 0;
  /** Launches and terminations that have not completed. */
  #activities = 0;
  #cooldownEndsMillis = Number.NEGATIVE_INFINITY;
  #cooldownMillis = 0;

  public constructor(options: GroupOptions) {
    this.#options = options;
    options.cluster.onEmptied = (host) => this.#finish(host);
    this.setDesired(options.settings.minimum);
  }

  /** Hosts that the group is to have. */
  public get desired(): number {
    return this.#desired;
  }

  /** Its instances but for those that are terminating, by age. */
  public get members(): readonly SimulatedHost[] {
    return [...this.#members];
  }

  /** Launches or terminates hosts until the group has as many, between its minimum and maximum. */
  public setDesired(wanted: number): void {
    const { minimum, maximum } = this.#options.settings;
    this.#desired = Math.max(minimum, Math.min(maximum, wanted));
    while (this.#members.size < this.#desired) this.#launch();
    while (this.#members.size > this.#desired) {
      const victim = this.#victim();
      if (victim === undefined) return;
      this.#leave(victim);
    }
  }

  /**
   * A simple scaling policy's action: refused while an activity is in progress or its cooldown lasts.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scaling-cooldowns.html
   */
  public scaleSimply(by: number, cooldownSeconds: number): boolean {
    const { timeline } = this.#options;
    if (this.#activities > 0 || timeline.now < this.#cooldownEndsMillis) return false;
    const before = this.#desired;
    this.#cooldownMillis = cooldownSeconds * 1000;
    this.setDesired(before + by);
    return this.#desired !== before;
  }

  /**
   * A step scaling policy's action: instances that still warm up are not counted, so that one breach is not answered twice.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html
   */
  public scaleByStep(by: number, warmupSeconds: number): boolean {
    const counted = Math.max(0, this.#desired - this.warming(warmupSeconds));
    const before = this.#desired;
    if (counted + by > before) this.setDesired(counted + by);
    return this.#desired !== before;
  }

  /** Instances not in service for as long as the warm-up. */
  public warming(warmupSeconds: number): number {
    const since = this.#options.timeline.now - warmupSeconds * 1000;
    let count = 0;
    for (const { inServiceMillis } of this.#members) if (inServiceMillis > since) count += 1;
    return count;
  }

  /**
   * TerminateInstanceInAutoScalingGroup with the desired count lowered; refused below the minimum.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_TerminateInstanceInAutoScalingGroup.html
   */
  public terminate(ec2InstanceId: string): boolean {
    if (this.#desired - 1 < this.#options.settings.minimum) return false;
    for (const host of this.#members) {
      if (host.ec2InstanceId !== ec2InstanceId) continue;
      this.#desired -= 1;
      this.#leave(host);
      return true;
    }
    return false;
  }

  /**
   * The default termination policy: the zone with most instances, then the one closest to its next billing hour, then the oldest.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
   */
  #victim(): SimulatedHost | undefined {
    const zones = this.#byZone();
    const candidates = [...this.#members].filter((host) => !host.isProtected);
    const most = candidates.reduce((max, { zone }) => Math.max(max, zones.get(zone) ?? 0), 0);
    const { now } = this.#options.timeline;
    let victim: SimulatedHost | undefined;
    for (const host of candidates) {
      if (zones.get(host.zone) !== most) continue;
      if (victim === undefined || intoHour(host, now) > intoHour(victim, now)) victim = host;
    }
    return victim;
  }

  #byZone(): ReadonlyMap<string, number> {
    const zones = new Map<string, number>();
    for (let index = 0; index < this.#options.settings.zones; index += 1) zones.set(zoneName(index), 0);
    for (const { zone } of this.#members) zones.set(zone, (zones.get(zone) ?? 0) + 1);
    return zones;
  }

  /** New instances go where there are fewest: https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html */
  #launch(): void {
    const { timeline, settings, listener, protectsNew } = this.#options;
    const { hostTypes, seed } = settings;
    this.#launched += 1;
    const [zone] = [...this.#byZone()].reduce((least, other) => (other[1] < least[1] ? other : least));
    const type = hostTypes[(this.#launched - 1) % hostTypes.length] ?? hostTypes[0];
    const host = new SimulatedHost(this.#launched, type, zone, timeline.now, SIMULATED_CLUSTER.hostArnPrefix);
    host.isProtected = protectsNew;
    this.#members.add(host);
    this.#activities += 1;
    listener.launched(host);
    // A host's own times depend on its number alone, so that every policy meets the same ones.
    const random = createRandom(seed ^ Math.imul(this.#launched, 0x9e3779b1));
    const bootMillis = between(settings.bootSeconds, random.next());
    const registrationMillis = between(settings.registrationSeconds, random.next());
    timeline.after(bootMillis, () => {
      if (host.state !== 'LAUNCHING') return;
      host.state = 'BOOTED';
      host.inServiceMillis = timeline.now;
      this.#completed();
      timeline.after(registrationMillis, () => {
        if (host.state === 'BOOTED') this.#options.cluster.register(host);
      });
    });
  }

  #leave(host: SimulatedHost): void {
    const { timeline, cluster, listener, drainMillis } = this.#options;
    this.#members.delete(host);
    if (host.state !== 'LAUNCHING') this.#activities += 1;
    listener.leaving(host);
    if (host.state !== 'ACTIVE' || drainMillis === 0) {
      this.#finish(host);
      return;
    }
    timeline.after(drainMillis, () => this.#finish(host));
    cluster.drain(host);
  }

  #finish(host: SimulatedHost): void {
    if (host.state === 'GONE') return;
    this.#options.cluster.remove(host);
    this.#options.listener.terminated(host);
    this.#completed();
  }

  #completed(): void {
    this.#activities -= 1;
    this.#cooldownEndsMillis = this.#options.timeline.now + this.#cooldownMillis;
  }
}

function intoHour({ launchedMillis }: SimulatedHost, now: number): number {
  return (now - launchedMillis) % HOUR_MILLIS;
}

function between([least, most]: readonly [number, number], fraction: number): number {
  return Math.round((least + (most - least) * fraction) * 1000);
}

function zoneName(index: number): string {
  return `us-east-1${String.fromCharCode(97 + index)}`;
}
