import { type Clock, systemClock } from './clock.js';
import { InvalidOptionError } from './errors.js';
import type { HandlerResult, ResultError } from './handler.js';
import { httpsPut } from './https-put.js';
import { type Log, stdoutLog } from './log.js';
import { kindOf } from './private/safe-read.js';
import type { Put } from './put.js';
import type { CustomResourceRequest } from './request.js';

/** Options of {@link customResource}. */
export interface CustomResourceOptions {
  /**
   * Time kept for the answer, in milliseconds, at least 0; never more than half of what the function has.
   *
   * @default 10000
   */
  readonly marginMs?: number;
  /**
   * Longest time of one PUT, in milliseconds, at least 1.
   *
   * @default 3000
   */
  readonly tryTimeoutMs?: number;
  /** Whether `NoEcho` is set where a handler does not say. @default false */
  readonly noEcho?: boolean;
  /**
   * Makes another result of one whose `Data` cannot be answered with, because it is too large, say.
   *
   * The other result keeps the id and the `NoEcho` of the first unless it names its own. Returning nothing,
   * a promise, or another that does not fit, answers FAILED with the error's message. Not asked about a
   * result whose id, or form, is wrong: that is answered FAILED.
   *
   * @default FAILED
   */
  readonly onUnfit?: (error: ResultError, request: CustomResourceRequest) => HandlerResult | undefined;
  /** Takes log entries. @default lines of JSON on standard output */
  readonly log?: Log;
  /** Sends one PUT. @default {@link httpsPut} */
  readonly put?: Put;
  /** Time. @default the machine's */
  readonly clock?: Clock;
  /** A number of at least 0 and below 1, for the pauses between tries. @default Math.random */
  readonly random?: () => number;
}

/** Options with every default filled in. */
export interface ResolvedOptions extends Required<Omit<CustomResourceOptions, 'onUnfit'>> {
  readonly onUnfit: CustomResourceOptions['onUnfit'];
}

/** Fills in defaults; throws {@link InvalidOptionError} for a number out of range, and for what is of another type. */
export function resolveOptions(options: CustomResourceOptions): ResolvedOptions {
  if (kindOf(options) !== 'object') throw new InvalidOptionError(`the options are ${kindOf(options)}: give an object, or nothing`);
  for (const name of ['onUnfit', 'log', 'put', 'random'] as const) mustBe('function', name, options[name]);
  mustBe('boolean', 'noEcho', options.noEcho);
  mustBe('object', 'clock', options.clock);
  if (options.clock !== undefined) {
    for (const name of ['now', 'after'] as const) mustBe('function', `clock.${name}`, options.clock[name] ?? null);
  }
  return {
    marginMs: atLeast(0, 'marginMs', options.marginMs ?? 10_000),
    tryTimeoutMs: atLeast(1, 'tryTimeoutMs', options.tryTimeoutMs ?? 3000),
    noEcho: options.noEcho ?? false,
    onUnfit: options.onUnfit,
    log: options.log ?? stdoutLog,
    put: options.put ?? httpsPut(),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function atLeast(minimum: number, name: string, value: number): number {
  if (Number.isFinite(value) && value >= minimum) return value;
  const found = typeof value === 'number' ? `${value} ms` : kindOf(value);
  throw new InvalidOptionError(`${name} is ${found}: give a finite number of at least ${minimum}`);
}

function mustBe(type: 'function' | 'boolean' | 'object', name: string, value: unknown): void {
  if (value === undefined || (type === 'object' ? kindOf(value) : typeof value) === type) return;
  throw new InvalidOptionError(`${name} is ${kindOf(value)}: give ${type === 'object' ? 'an' : 'a'} ${type}, or leave it out`);
}
