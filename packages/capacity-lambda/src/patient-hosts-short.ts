const MINUTE_MILLIS = 60_000;

/** What a task takes, or a host has left. */
export interface PlainAmounts {
  /** In ECS CPU units (1 vCPU = 1024). At least 0. */
  readonly cpuUnits: number;
  /** In MiB. At least 0. */
  readonly memoryMiB: number;
  /** Whole GPUs. At least 0. */
  readonly gpus: number;
}

/** A task that runs. */
export interface TaskUnderWay {
  /** What it takes. */
  readonly size: PlainAmounts;
  /** Its group; a service starts another for one of its tasks that ends, so that only those of no service make room. */
  readonly group?: string;
  /** When it was placed, in milliseconds since 1970. */
  readonly startedMillis: number;
}

/** What scale-out by patience is decided from. */
export interface PatientQuestion {
  /** Hosts short, as the core counts them. Integer, at least 0. */
  readonly hostsShort: number;
  /** Every task that waits for a host. */
  readonly waiting: ReadonlyArray<{ readonly size: PlainAmounts; readonly createdMillis: number }>;
  /** The hosts that are `ACTIVE`, with what they have left and run. */
  readonly hosts: ReadonlyArray<{ readonly remaining: PlainAmounts; readonly tasks: Iterable<TaskUnderWay> }>;
  /** Now, in milliseconds since 1970. */
  readonly nowMillis: number;
  /**
   * For how long a task waits before the last host is added for it, in seconds. At least 0.
   *
   * @default 60
   */
  readonly patienceSeconds?: number;
  /**
   * How many tasks must be expected to end within a minute, each on a host that then has room, for it to wait. Above 0.
   *
   * @default 0.5
   */
  readonly endsAMinute?: number;
}

/**
 * Counts the hosts to add now: one less than are short while the tasks that wait came just now and are likely to find room by themselves. Pure.
 *
 * Where tasks of no service end often, the last host short is mostly no longer short once it has booted. How often they end is told by
 * how long those that run have done so: of a Poisson process without memory the mean age is the mean duration. Of longer-lived tasks few
 * are expected to end, and nothing waits.
 *
 * @returns `hostsShort`, or one less
 */
export function patientHostsShort(question: PatientQuestion): number {
  const { hostsShort, waiting, hosts, nowMillis, patienceSeconds = 60, endsAMinute = 0.5 } = question;
  if (hostsShort === 0 || waiting.length === 0) return hostsShort;
  const oldest = waiting.reduce((least, { createdMillis }) => Math.min(least, createdMillis), Number.POSITIVE_INFINITY);
  if (nowMillis - oldest >= patienceSeconds * 1000) return hostsShort;
  const rate = endsOfOne(hosts, nowMillis) * MINUTE_MILLIS;
  // Tasks of one size share one object more often than not: each is looked at once.
  for (const size of new Set(waiting.map((task) => task.size))) {
    if (roomMakers(hosts, size) * rate < endsAMinute) return hostsShort;
  }
  return hostsShort - 1;
}

/** How often one task ends, a millisecond. */
function endsOfOne(hosts: PatientQuestion['hosts'], nowMillis: number): number {
  let tasks = 0;
  let ages = 0;
  for (const host of hosts) {
    for (const task of host.tasks) {
      if (isOfService(task)) continue;
      tasks += 1;
      ages += Math.max(0, nowMillis - task.startedMillis);
    }
  }
  return tasks === 0 ? 0 : tasks / Math.max(1, ages);
}

/** Tasks each of whose end would leave room for the size on its host. */
function roomMakers(hosts: PatientQuestion['hosts'], size: PlainAmounts): number {
  let count = 0;
  for (const { remaining, tasks } of hosts) {
    for (const task of tasks) {
      if (isOfService(task)) continue;
      const isEnough =
        remaining.cpuUnits + task.size.cpuUnits >= size.cpuUnits &&
        remaining.memoryMiB + task.size.memoryMiB >= size.memoryMiB &&
        remaining.gpus + task.size.gpus >= size.gpus;
      if (isEnough) count += 1;
    }
  }
  return count;
}

function isOfService({ group = '' }: TaskUnderWay): boolean {
  return group.startsWith('service:');
}
