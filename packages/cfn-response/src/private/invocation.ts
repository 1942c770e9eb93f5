import type { LambdaContext } from '../handler.js';
import type { LogCode, LogEntry } from '../log.js';
import type { ResolvedOptions } from '../options.js';
import type { ResponseIdentifiers } from '../request.js';
import type { SignedUrl } from '../signed-url.js';
import { cleanText } from './clean-text.js';

/** One invocation: its options, its deadlines as moments of the clock, and where its answer goes. */
export interface Invocation<C extends LambdaContext> {
  readonly options: ResolvedOptions;
  readonly handlerEnd: number;
  readonly deliveryEnd: number;
  readonly url: SignedUrl;
  readonly lambda: C;
  readonly log: (level: LogEntry['level'], code: LogCode, message: string, facts?: Readonly<Record<string, string | number>>) => void;
}

/** A log of one invocation: its identifiers in every entry, the signed address in none. */
export function logger<C extends LambdaContext>(
  options: ResolvedOptions,
  url: SignedUrl,
  request: ResponseIdentifiers,
): Invocation<C>['log'] {
  const { RequestId, StackId, LogicalResourceId } = request;
  return (level, code, message, facts = {}) => {
    const entry = { level, code, message, RequestId, StackId, LogicalResourceId, ...facts };
    const safe = Object.entries(entry).map(([key, value]) => [key, typeof value === 'string' ? cleanText(value, url) : value]);
    try {
      const taken: unknown = options.log(Object.fromEntries(safe) as unknown as LogEntry);
      // A log may be asynchronous all the same, and a rejection that nobody takes would end the process.
      Promise.resolve(taken).catch(() => {});
    } catch {
      // Nothing is left to tell it to, and the answer matters more.
    }
  };
}
