import { setTimeout as wait } from 'node:timers/promises';

/** Looks again and again until there is something; only Jest's own time-out ends it otherwise. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) {
      return seen;
    }
    await wait(10);
  }
}
