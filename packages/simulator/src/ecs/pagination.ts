import { accepted, type EcsResult, invalidParameter } from './ecs-error.js';
import { parsePlainJson } from './plain-json.js';

/** Most results of one page, and the number without `maxResults` (SDK model, `ListContainerInstancesRequest`). */
const LARGEST_PAGE = 100;

/** What a listing was asked for. */
export interface PageRequest {
  /** Results wanted, 1 to 100. @default 100 */
  readonly maxResults?: number;
  /** Token of the page before. */
  readonly nextToken?: string;
  /** The listing's filters as text: a token is good for the same filters only. */
  readonly filters: string;
}

/** An item that has a place in an order that never changes. */
export interface Ordered {
  /** Place in the order. */
  readonly sequence: number;
}

/** One page. */
export interface Page<T> {
  /** The items. */
  readonly items: readonly T[];
  /** Token of the next page, absent on the last. */
  readonly nextToken?: string;
}

/**
 * Cuts one page out of items in rising order of `sequence`.
 *
 * The token names the last item given, not an offset. So an item that matches
 * throughout is given exactly once however many others come or go between two
 * pages, none is given twice, and one that comes in between is on a later page.
 */
export function pageOf<T extends Ordered>(items: Iterable<T>, request: PageRequest): EcsResult<Page<T>> {
  const size = request.maxResults ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    return invalidParameter(`maxResults is ${size}; use a number from 1 to ${LARGEST_PAGE}`);
  }
  const after = positionOf(request);
  if (after === undefined) {
    return invalidParameter('nextToken is not one this listing gave; repeat it unchanged, with the same filters');
  }
  const page: T[] = [];
  for (const item of items) {
    if (item.sequence <= after) {
      continue;
    }
    if (page.length === size) {
      return accepted({ items: page, nextToken: tokenAt(page.at(-1), request.filters) });
    }
    page.push(item);
  }
  return accepted({ items: page });
}

function tokenAt(last: Ordered | undefined, filters: string): string {
  return Buffer.from(JSON.stringify([last?.sequence ?? 0, filters])).toString('base64');
}

function positionOf(request: PageRequest): number | undefined {
  if (request.nextToken === undefined || request.nextToken === '') {
    return 0;
  }
  const token = parsePlainJson(Buffer.from(request.nextToken, 'base64').toString('utf8'));
  if (!token.ok || !Array.isArray(token.value)) {
    return undefined;
  }
  const [sequence, filters] = token.value;
  return Number.isSafeInteger(sequence) && filters === request.filters ? (sequence as number) : undefined;
}
