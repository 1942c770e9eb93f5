import type { AutoScaling } from '@plimsoll/simulator';
import type { LocalCluster } from '../deployment/local-cluster.js';
import { CLUSTER_NAME } from '../template/local-references.js';
import type { Bounds } from './settings.js';

/** How long a host takes from launch until it has joined the cluster, in minutes: an assumption. */
const JOIN_MINUTES = 2;

/** A host of the group. */
export interface GroupHost {
  readonly instanceId: string;
  readonly zone: string;
  readonly launchedMinute: number;
  /** ARN of its container instance once it has joined. */
  containerInstanceArn: string | undefined;
  /** Whether it was told to go. */
  isLeaving: boolean;
}

/** The stack's Auto Scaling group, with its capacity provider's managed draining. */
export class HostsGroup {
  private readonly hosts: GroupHost[] = [];
  private launched = 0;

  public constructor(
    private readonly cluster: LocalCluster,
    private readonly autoScaling: AutoScaling,
    private readonly settings: { readonly groupName: string; readonly hosts: Bounds; readonly warmupSeconds: number },
  ) {
    // Those that are there from the beginning have long joined and are warm.
    this.launch(settings.hosts.minimum, Number.NEGATIVE_INFINITY);
    this.join(0);
  }

  /** Hosts that are there or boot. */
  public all(): readonly GroupHost[] {
    return this.hosts;
  }

  /** The host of an EC2 instance id. */
  public find(instanceId: string): GroupHost | undefined {
    return this.hosts.find((host) => host.instanceId === instanceId);
  }

  /**
   * Carries out a step scaling policy: hosts that still warm up count as added already.
   *
   * @returns how many were launched
   */
  public scaleOut(adjustment: number, minute: number): number {
    const staying = this.hosts.filter(({ isLeaving }) => !isLeaving);
    const warm = staying.filter(({ launchedMinute }) => (minute - launchedMinute - JOIN_MINUTES) * 60 >= this.settings.warmupSeconds);
    const wanted = Math.min(this.settings.hosts.maximum, Math.max(staying.length, warm.length + adjustment));
    this.launch(wanted - staying.length, minute);
    return wanted - staying.length;
  }

  /** Lets hosts join the cluster that have booted; gives them back. */
  public join(minute: number): readonly GroupHost[] {
    const joining = this.hosts.filter(
      ({ containerInstanceArn, isLeaving, launchedMinute }) =>
        containerInstanceArn === undefined && !isLeaving && launchedMinute + JOIN_MINUTES <= minute,
    );
    for (const host of joining) host.containerInstanceArn = this.cluster.registerHost(host);
    return joining;
  }

  /** Managed draining: a host that Auto Scaling terminates takes no more tasks, and stays until its own are gone. */
  public drain(instanceId: string): GroupHost | undefined {
    const host = this.find(instanceId);
    if (host === undefined) return undefined;
    host.isLeaving = true;
    if (host.containerInstanceArn !== undefined) {
      this.cluster.ecs('UpdateContainerInstancesState', {
        cluster: CLUSTER_NAME,
        containerInstances: [host.containerInstanceArn],
        status: 'DRAINING',
      });
    }
    return host;
  }

  /** Takes leaving hosts out of the cluster that run no task any more; gives them back. */
  public leave(tasksOn: (containerInstanceArn: string) => number): readonly GroupHost[] {
    const empty = this.hosts.filter(({ isLeaving, containerInstanceArn: arn }) => isLeaving && (arn === undefined || tasksOn(arn) === 0));
    for (const host of empty) {
      if (host.containerInstanceArn !== undefined) {
        this.cluster.ecs('DeregisterContainerInstance', { cluster: CLUSTER_NAME, containerInstance: host.containerInstanceArn });
      }
      this.hosts.splice(this.hosts.indexOf(host), 1);
    }
    return empty;
  }

  private launch(count: number, minute: number): void {
    for (let index = 0; index < count; index += 1) {
      this.launched += 1;
      const instanceId = `i-${String(this.launched).padStart(17, '0')}`;
      this.hosts.push({ instanceId, zone: this.emptiestZone(), launchedMinute: minute, containerInstanceArn: undefined, isLeaving: false });
    }
    const instanceIds = this.hosts.filter(({ isLeaving }) => !isLeaving).map(({ instanceId }) => instanceId);
    const { groupName, hosts } = this.settings;
    this.autoScaling.setGroup({
      autoScalingGroupName: groupName,
      minSize: hosts.minimum,
      desiredCapacity: instanceIds.length,
      instanceIds,
    });
  }

  /** New instances go where there are fewest: https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html */
  private emptiestZone(): string {
    const inZone = (zone: string) => this.hosts.filter((host) => host.zone === zone && !host.isLeaving).length;
    return this.cluster.zones.reduce((least, zone) => (inZone(zone) < inZone(least) ? zone : least));
  }
}
