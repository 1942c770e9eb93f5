import { classifyFault, type Fault } from './classify-fault.js';
import { redactText } from './log-tail.js';
import type { LogPlace, LogsPort } from './ports.js';

/** Most events in one page. */
const PAGE = 1_000;

/** Most pages read at a time, so that a chatty task does not hold up its end. */
const MOST_PAGES = 20;

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
   * Passes on what has come since the last time.
   *
   * A stream that is not there yet has nothing to pass on.
   *
   * @returns why nothing could be read, if so
   */
  public async read(): Promise<Fault | undefined> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const position = this.#nextToken === undefined ? {} : { nextToken: this.#nextToken };
      try {
        const { events = [], nextForwardToken } = await this.#logs.getLogEvents({
          ...this.#place,
          limit: PAGE,
          startFromHead: true,
          ...position,
        });
        for (const { message } of events) if (message !== undefined) this.#onLine(redactText(message, this.#redact));
        // The same token again is CloudWatch's way to say that this is the end for now.
        const isEnd = nextForwardToken === undefined || nextForwardToken === this.#nextToken;
        this.#nextToken = nextForwardToken ?? this.#nextToken;
        if (isEnd) return undefined;
      } catch (thrown) {
        return classifyFault(thrown);
      }
    }
    return undefined;
  }
}
