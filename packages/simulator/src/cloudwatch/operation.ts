import type { Outcome } from './fault.js';
import type { MetricStore } from './metric-store.js';

/** What an operation works on. */
export interface OperationContext {
  readonly store: MetricStore;
  /** Present time, Unix milliseconds. */
  readonly nowMs: number;
}

/** An operation on input that has its shape. */
export type Operation<Input, Output> = (input: Input, context: OperationContext) => Outcome<Output>;
