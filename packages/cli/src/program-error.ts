/** What the program's exit status says. */
export const EXIT_STATUS = {
  /** The answer was given. */
  ok: 0,
  /** The answer was given, and it is below what `--require` asked. */
  tooLittle: 1,
  /** The command line or its input cannot be used. */
  usage: 2,
  /** Something outside the command line failed: an AWS call, the disk, this program. */
  fault: 3,
} as const;

/** Exit status of `run-task` where the task has none of its own: the same as that of `docker run`. */
export const RUN_TASK_FAULT = 125;

/** Base of every error this package throws; its message is the line shown after `plimsoll: `. */
export abstract class ProgramError extends Error {
  /** Names the kind of error; never changes. */
  public abstract readonly code: string;
  /** Whose doing it is: that of whoever typed the command, or of something outside it. */
  public abstract readonly source: 'caller' | 'service';
  /** The exit status it ends the program with. */
  public abstract readonly exitStatus: number;
}

/** The command line, or a file it names, cannot be used. */
export class UsageError extends ProgramError {
  public override readonly name = 'UsageError';
  public readonly code = 'USAGE';
  public readonly source = 'caller';
  public readonly exitStatus = EXIT_STATUS.usage;
}

/** Something the user could not see coming failed: an AWS call, a full disk. */
export class FaultError extends ProgramError {
  public override readonly name = 'FaultError';
  public readonly code = 'FAULT';
  public readonly source = 'service';
  public readonly exitStatus = EXIT_STATUS.fault;
}

/** `run-task` could not run the task, or cannot tell how it ended. */
export class RunTaskError extends ProgramError {
  public override readonly name = 'RunTaskError';
  public readonly code = 'RUN_TASK';
  public readonly source = 'service';
  public readonly exitStatus = RUN_TASK_FAULT;
}
