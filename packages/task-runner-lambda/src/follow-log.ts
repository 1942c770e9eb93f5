import { classifyFault, type Fault } from './classify-fault.js';
import { redactText } from './log-tail.js';
import type { LogPlace, LogsPort } from './ports.js';

/**
 * Most events in one page, which holds 1 MB at most.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
const PAGE = 10_000;

/** What a look into a log comes to: more may be there, nothing more was, or it could not be read. */
export type LogLook = 'more' | 'end' | Fault;

/** Reads a log from its beginning, each line once. */
export class LogFollower {
  readonly #logs: LogsPort;
  readonly #place: LogPlace;
  readonly #redact: readonly RegExp[];
  readonly #onLine: (line: string) => void;
  #nextToken: string | undefined;

  public constructor(options: {
    readonly logs: LogsPort;
    readonly place: LogPlace;
    readonly redact: readonly RegExp[];
    readonly onLine: (line: string) => void;
  }) {
    this.#logs = options.logs;
    this.#place = options.place;
    this.#redact = options.redact;
    this.#onLine = options.onLine;
  }

  /**
   * Passes on one page of what has come since the last time.
   *
   * A stream that is not there yet has nothing to pass on.
   */
  public async look(): Promise<LogLook> {
    const position = this.#nextToken === undefined ? {} : { nextToken: this.#nextToken };
    try {
      const page = await this.#logs.getLogEvents({ ...this.#place, limit: PAGE, startFromHead: true, ...position });
      const { events = [], nextForwardToken } = page;
      for (const { message } of events) if (message !== undefined) this.#onLine(redactText(message, this.#redact));
      // The same token again is CloudWatch's way to say that this is the end for now.
      const isEnd = nextForwardToken === undefined || nextForwardToken === this.#nextToken;
      this.#nextToken = nextForwardToken ?? this.#nextToken;
      return isEnd ? 'end' : 'more';
    } catch (thrown) {
      const fault = classifyFault(thrown);
      return fault.name === 'ResourceNotFoundException' ? 'end' : fault;
    }
  }
}
