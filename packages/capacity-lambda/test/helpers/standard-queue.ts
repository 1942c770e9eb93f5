import type { BatchResponse } from '../../src/create-handler.js';
import { batchOf } from './sqs.js';

/** Most messages of one batch, as the event source allows with a batching window. */
const MAX_BATCH = 10_000;
/** Most bytes of an invocation. */
const MAX_BYTES = 6 * 1024 * 1024 - 1024;

interface Waiting {
  readonly body: string;
  readonly receives: number;
}

/** A batch that was received. */
export interface Batch {
  /** What the function is invoked with. */
  readonly event: unknown;
  /** How many messages it holds. */
  readonly size: number;
  /** Gives back what failed; with no response, all did. */
  readonly settle: (response: BatchResponse | undefined) => void;
}

/** A standard queue of SQS with a dead-letter queue, without its delays: what failed comes again at once. */
export interface StandardQueue {
  readonly send: (event: unknown) => void;
  /** The next batch; `undefined` if nothing waits. */
  readonly receive: () => Batch | undefined;
  readonly waiting: () => number;
  /** Messages received but not settled. */
  readonly inFlight: () => number;
  readonly deadLetters: () => readonly string[];
}

/** Makes an empty queue. */
export function standardQueue(maxReceives = 10): StandardQueue {
  let queue: Waiting[] = [];
  const dead: string[] = [];
  let inFlight = 0;
  const takeBatch = (): readonly Waiting[] => {
    let bytes = 0;
    let count = 0;
    for (const { body } of queue.slice(0, MAX_BATCH)) {
      // As JSON inside JSON, a body takes about a tenth more; its record some 400 bytes.
      bytes += body.length * 1.25 + 500;
      if (bytes > MAX_BYTES) break;
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };
  return {
    send: (event) => void queue.push({ body: typeof event === 'string' ? event : JSON.stringify(event), receives: 0 }),
    receive: () => {
      const batch = takeBatch();
      if (batch.length === 0) return undefined;
      inFlight += batch.length;
      return {
        event: batchOf(...batch.map(({ body }) => body)),
        size: batch.length,
        settle: (response) => {
          inFlight -= batch.length;
          const failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
          batch.forEach(({ body, receives }, index) => {
            if (response !== undefined && !failed.has(`message-${index}`)) return;
            if (receives + 1 >= maxReceives) dead.push(body);
            else queue.push({ body, receives: receives + 1 });
          });
        },
      };
    },
    waiting: () => queue.length,
    inFlight: () => inFlight,
    deadLetters: () => dead,
  };
}
