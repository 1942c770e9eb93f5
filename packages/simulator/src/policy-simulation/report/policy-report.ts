/** A stretch of time in a chart. */
export interface SeriesPoint {
  /** When it begins, in hours from the start. */
  readonly hour: number;
  /** Hosts that are paid for, on average. */
  readonly hosts: number;
  /** Their vCPU, on average. */
  readonly vcpu: number;
  /** vCPU that tasks reserve, on average. */
  readonly reservedVcpu: number;
  /** Most tasks that waited at the end of a minute. */
  readonly waiting: number;
  /** Hosts launched. */
  readonly launched: number;
  /** Hosts told to go. */
  readonly leaving: number;
}

/** What tasks waited for a host, in seconds. */
export interface WaitingSeconds {
  readonly total: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What services had to do without. */
export interface ServiceShortfall {
  /** What their tasks waited for a host, deployments included; each task once. */
  readonly waitingSeconds: WaitingSeconds;
  /** Tasks wanted and not running, summed over time: task-seconds of (desired − running), the start of a task included. */
  readonly missingTaskSeconds: number;
}

/** What one policy did with a workload. */
export interface PolicyReport {
  /** Its name. */
  readonly policy: string;
  /** Hours of hosts, from launch to termination. */
  readonly hostHours: number;
  /** Most hosts at once. */
  readonly peakHosts: number;
  /** Hosts launched in all. */
  readonly hostsLaunched: number;
  /** What standalone tasks waited for a host, in seconds; one that was killed and ran again waited for both. */
  readonly waitingSeconds: WaitingSeconds;
  /** The same for services, which have no end to wait for. */
  readonly services: ServiceShortfall;
  /** Minutes at whose end tasks waited while the policy's figure said that nothing is short. */
  readonly falseFitMinutes: number;
  /** Hosts that were told to go and replaced within the thrash minutes; each counts once. */
  readonly thrash: number;
  /** Tasks killed with their host; standalone ones start anew. */
  readonly tasksKilled: number;
  /** Hosts that were told to go while they ran tasks other than daemons. */
  readonly drains: number;
  /** Standalone tasks that ended. */
  readonly tasksFinished: number;
  /** Standalone tasks that had not ended when the simulation did. */
  readonly tasksUnfinished: number;
  /** Happenings in virtual time. */
  readonly events: number;
  /** The course of it. */
  readonly series: readonly SeriesPoint[];
}
