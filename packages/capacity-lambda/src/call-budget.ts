import type { CallBudget } from './configuration/reading-variables.js';
import type { Message } from './read-messages.js';

/** What an execution environment remembers of the last decision on a cluster. */
export interface PastDecision {
  /** When the last reading began, in milliseconds since 1970, whether or not it came to a decision. */
  readonly startedAtMillis: number;
  /** When the reading of the last decision that was published began, in milliseconds since 1970; absent where none was. */
  readonly publishedFromMillis?: number;
  /** ECS calls that reading took of the budget, tries again included. */
  readonly calls: number;
  /** Version of each host that the last decision counted, by ARN. */
  readonly versions: ReadonlyMap<string, number>;
  /** When each host's agent was last seen connected, by ARN, in milliseconds since 1970. */
  readonly agentsSeen: ReadonlyMap<string, number>;
}

/** What is known when messages about a cluster have come. */
export interface ReadingQuestion {
  /** The messages. */
  readonly messages: readonly Message[];
  /** The last decision; absent in a new execution environment. */
  readonly past: PastDecision | undefined;
  /** Now, in milliseconds since 1970. */
  readonly nowMillis: number;
  /** What the function may take of ECS. */
  readonly budget: CallBudget;
  /** How many clusters share the budget. Integer, at least 1. */
  readonly clusters: number;
  /** Whether a schedule looks at this cluster, too: only then may a message be left to it. */
  readonly onSchedule: boolean;
}

/**
 * Whether messages are worth reading the cluster for.
 *
 * - `read`: they are.
 * - `known`: every one is about a host that was published already in the same or a later version, or is no host's record and older
 *   than what was published: messages that piled up, of the schedule or of a thousand tasks that wait, are one wish to look.
 * - `postponed`: they are news, but ECS was asked so lately that asking again would pass the budget; the schedule will.
 */
export type ReadingVerdict = 'read' | 'known' | 'postponed';

/** The schedule's period that budgets are made for, in seconds. */
const SCHEDULE_SECONDS = 60;
/** How much later than a message was sent a reading must have begun to have been one for it, in milliseconds: times are cut to the second, clocks differ, and ECS may tell of a change before it lists it. */
const SENT_MARGIN_MILLIS = 2_000;

/**
 * Judges whether to read a cluster, so that the calls of ECS are bounded however many events come.
 *
 * Events are a wish to look again, and the schedule looks in any case: one that is postponed costs a minute, never a number. The
 * schedule has the budget first, and the events of all execution environments share what it leaves.
 */
export function judgeReading(question: ReadingQuestion): ReadingVerdict {
  const { messages, past, nowMillis, onSchedule } = question;
  if (past === undefined) return 'read';
  const news = messages.filter((message) => !isKnown(message, past, onSchedule));
  if (news.length === 0) return 'known';
  const isScheduled = news.some(({ scheduled }) => scheduled);
  if (!onSchedule) return 'read';
  const elapsedSeconds = (nowMillis - past.startedAtMillis) / 1000;
  // A clock set back must not silence a cluster.
  if (elapsedSeconds < 0) return 'read';
  return elapsedSeconds < gapSeconds(question, past.calls, isScheduled) ? 'postponed' : 'read';
}

function isKnown({ detail, scheduled, sentAtMillis }: Message, past: PastDecision, onSchedule: boolean): boolean {
  if (detail === undefined) {
    const { publishedFromMillis } = past;
    // A time is no version: where nobody looks again, an event that ECS was ahead of would be lost by it.
    if (sentAtMillis === undefined || publishedFromMillis === undefined || !(scheduled || onSchedule)) return false;
    return sentAtMillis + SENT_MARGIN_MILLIS <= publishedFromMillis;
  }
  const counted = past.versions.get(detail.containerInstanceArn);
  return counted !== undefined && detail.version <= counted;
}

/** Least time between the beginnings of two readings, in seconds. */
function gapSeconds({ budget, clusters }: ReadingQuestion, calls: number, isScheduled: boolean): number {
  const share = budget.callsPerSecond / clusters;
  const alone = calls / share;
  // The schedule comes each minute, a little early at times: what fits the budget is never put off by it.
  if (isScheduled) return alone <= SCHEDULE_SECONDS ? 0 : alone;
  const spare = share - calls / SCHEDULE_SECONDS;
  return spare > 0 ? (calls * budget.environments) / spare : Number.POSITIVE_INFINITY;
}
