import type { TaskRunnerLogger } from '../../src/logger.js';

/** Keeps what is logged. */
export class RecordingLogger implements TaskRunnerLogger {
  public readonly lines: string[] = [];
  public info(message: string, fields: object): void {
    this.lines.push(`INFO ${message} ${JSON.stringify(fields)}`);
  }
  public warn(message: string, fields: object): void {
    this.lines.push(`WARN ${message} ${JSON.stringify(fields)}`);
  }
  public error(message: string, fields: object): void {
    this.lines.push(`ERROR ${message} ${JSON.stringify(fields)}`);
  }
}
