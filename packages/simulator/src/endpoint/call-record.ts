import type { AuthorizedCall } from '../faults/authorized-call.js';

/** Calls remembered; the oldest go first. */
const MOST_CALLS = 100_000;

/** Largest body, as decompressed, whose input is remembered, in bytes. */
const LARGEST_RECORDED_BODY_BYTES = 64 * 1024;

/** The requests received. */
export interface CallRecord {
  /** Adds one; `bodyBytes` decides whether its input is kept. */
  add(call: AuthorizedCall, bodyBytes: number): void;
  /** Requests so far, oldest first. */
  list(): readonly AuthorizedCall[];
  /** Forgets them. */
  clear(): void;
}

/** Creates a record, empty. */
export function createCallRecord(): CallRecord {
  const calls: AuthorizedCall[] = [];
  return {
    add: (call, bodyBytes) => {
      calls.push(bodyBytes > LARGEST_RECORDED_BODY_BYTES ? { ...call, input: undefined } : call);
      if (calls.length > MOST_CALLS) {
        calls.shift();
      }
    },
    list: () => [...calls],
    clear: () => {
      calls.length = 0;
    },
  };
}
