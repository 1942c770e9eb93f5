import { ClusterReadError } from '../fault.js';
import { callEcs, type EcsCallOptions, type EcsOperation, type HttpOptions, listIn } from './ecs-call.js';

/** One page of a list, as a client gives it. */
export interface ListedPage {
  /** ARNs on this page. */
  readonly arns: readonly string[] | undefined;
  /** Where the next page begins; absent or empty on the last. */
  readonly nextToken: string | undefined;
  /** As every answer of the SDK has it. */
  readonly $metadata: { readonly attempts?: number | undefined };
}

/** How to ask for a page. */
export interface ListQuestion {
  /** The operation. */
  readonly operation: EcsOperation;
  /** Field of the answer that holds the ARNs. */
  readonly field: string;
  /** Asks for the page that begins at a token; the first has none. */
  readonly page: (token: { readonly nextToken?: string }, http: HttpOptions) => Promise<ListedPage>;
}

/** Everything that was listed. */
export interface Listed {
  /** Each once, in the order listed. */
  readonly arns: readonly string[];
  /** Calls made, not counting retries. At least 1. */
  readonly calls: number;
  /** Tries beyond the first, over all calls. */
  readonly retries: number;
}

/**
 * Reads all pages of a list, one after another.
 *
 * @throws ClusterReadError when a call fails for good, an answer holds no list, or the pages run in a circle
 */
export async function listAll(options: EcsCallOptions, { operation, field, page }: ListQuestion): Promise<Listed> {
  const arns: string[] = [];
  const tokens = new Set<string>();
  let calls = 0;
  let retries = 0;
  let nextToken: string | undefined;
  do {
    const token = nextToken === undefined ? {} : { nextToken };
    const answer = await callEcs<ListedPage>(options, operation, (http) => page(token, http));
    calls += 1;
    retries += answer.retries;
    arns.push(...listIn(answer.output.arns, `${operation} of ${options.cluster}`, field));
    // An empty token ends the list as an absent one does.
    nextToken = answer.output.nextToken || undefined;
    if (nextToken !== undefined && tokens.has(nextToken)) {
      throw new ClusterReadError(`${operation} of ${options.cluster} came back to a page already read after ${calls} calls: try again`);
    }
    if (nextToken !== undefined) tokens.add(nextToken);
  } while (nextToken !== undefined);
  return { arns: [...new Set(arns)], calls, retries };
}
