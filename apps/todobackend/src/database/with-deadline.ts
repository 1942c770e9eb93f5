import { DatabaseTimeout } from '../todobackend-error.js';

/** Waits for database work, but no longer than `milliseconds`; the work itself goes on. */
export async function withDeadline<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseTimeout(`the database took more than ${milliseconds} ms: look at its load and its network`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
