/** Exit statuses of the program. */
export const EXIT = {
  /** Done; `health`: the service is healthy. */
  done: 0,
  /** `health`: the service is not healthy. */
  unhealthy: 1,
  /** A wrong command or setting. */
  usage: 2,
  /** The command could not do its work. */
  fault: 3,
} as const;

/** One of the exit statuses. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
