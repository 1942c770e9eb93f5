import { readDatabaseFailure } from '../database/database-failure.js';
import { withDeadline } from '../database/with-deadline.js';

/** Whether the service can do its work, and if not, why. */
export type Health =
  | { readonly healthy: true }
  | { readonly healthy: false; readonly reason: 'stopping' | 'credentials-refused' | 'not-migrated' | 'unavailable' };

/** Longest wait for the database, in milliseconds: less than a load balancer's own timeout, which is 5 s unless changed. */
const PROBE_MILLISECONDS = 2_000;

/** Answers whether the service is healthy; questions that come together share one look at the database. */
export class HealthCheck {
  private stopping = false;
  private credentialsRefused = false;
  private running: Promise<Health> | undefined;

  public constructor(private readonly probe: () => Promise<void>) {}

  /** From now on the service is not healthy, so that nothing new is sent to it. */
  public stop(): void {
    this.stopping = true;
  }

  /**
   * Takes note of an error that a request met.
   *
   * Connections made before a password was rotated go on working, while new ones are refused. This process knows the old
   * password for good: it stays unhealthy, so that it is replaced by one that reads the new one.
   */
  public note(error: unknown): void {
    if (readDatabaseFailure(error) === 'credentials-refused') this.credentialsRefused = true;
  }

  /** Looks whether the service is healthy. */
  public async check(): Promise<Health> {
    if (this.stopping) return { healthy: false, reason: 'stopping' };
    if (this.credentialsRefused) return { healthy: false, reason: 'credentials-refused' };
    this.running ??= this.look().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async look(): Promise<Health> {
    try {
      await withDeadline(this.probe(), PROBE_MILLISECONDS);
      return { healthy: true };
    } catch (error) {
      this.note(error);
      return { healthy: false, reason: readDatabaseFailure(error) ?? 'unavailable' };
    }
  }
}
