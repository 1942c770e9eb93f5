import type { ApiClient } from './api-client.js';
import { inputCases } from './input-cases.js';
import { todoCases } from './todo-cases.js';

/** One thing that the API must do. */
export interface SpecificationCase {
  /** Completes a sentence that begins with "the API". */
  readonly name: string;
  /** Rejects where the API does otherwise. Removes all todos first, if it needs to. */
  readonly check: (api: ApiClient) => Promise<void>;
}

/** What came of one case. */
export interface SpecificationOutcome {
  readonly name: string;
  /** Why the case failed; undefined where it did not. */
  readonly failure: string | undefined;
}

/** All that the API must do: what todobackend.com asks of it, then what this service promises beyond. Removes all todos. */
export const specification: readonly SpecificationCase[] = [...todoCases, ...inputCases];

/** Checks a running service case by case. */
export async function runSpecification(api: ApiClient): Promise<readonly SpecificationOutcome[]> {
  const outcomes: SpecificationOutcome[] = [];
  for (const { name, check } of specification) {
    try {
      await check(api);
      outcomes.push({ name, failure: undefined });
    } catch (error) {
      outcomes.push({ name, failure: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
}
