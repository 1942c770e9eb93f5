import * as v from 'valibot';

const wholeFromOne = v.pipe(v.number(), v.integer(), v.minValue(1));

const match = {
  service: v.exactOptional(v.string()),
  operation: v.exactOptional(v.string()),
  nth: v.exactOptional(wholeFromOne),
  times: v.exactOptional(wholeFromOne),
};

/** Form of a rule, as the control API takes it. */
export const faultRuleSchema = v.variant('kind', [
  v.strictObject({ ...match, kind: v.literal('throttle') }),
  v.strictObject({ ...match, kind: v.literal('accessDenied') }),
  v.strictObject({ ...match, kind: v.literal('lostRequest') }),
  v.strictObject({ ...match, kind: v.literal('lostResponse') }),
  v.strictObject({ ...match, kind: v.literal('delay'), milliseconds: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({
    ...match,
    kind: v.literal('error'),
    code: v.string(),
    message: v.exactOptional(v.string()),
    status: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599))),
  }),
  v.strictObject({ ...match, kind: v.literal('answer'), output: v.record(v.string(), v.unknown()) }),
]);

/** Which calls a rule is for. */
export interface FaultMatch {
  /** Signing name of the service, such as `ecs`. @default any */
  readonly service?: string;
  /** Name of the operation, such as `RunTask`. @default any */
  readonly operation?: string;
  /** The first matching call it is for, counted from 1 since the rule was set. @default 1 */
  readonly nth?: number;
  /** How many matching calls in a row it is for, at least 1. @default 1 where `nth` is given, else all */
  readonly times?: number;
}

/** What a rule does to a call. */
export type FaultEffect =
  /** The service's own throttling error; nothing is carried out. */
  | { readonly kind: 'throttle' }
  /** The service's own refusal of a caller without permission; nothing is carried out. */
  | { readonly kind: 'accessDenied' }
  /** The connection is reset before the request is carried out. */
  | { readonly kind: 'lostRequest' }
  /** The request is carried out, then the connection is reset. */
  | { readonly kind: 'lostResponse' }
  /** The request is carried out after a wait of so many milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** That error; nothing is carried out. Message 'injected fault' and status 400 if not given. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** That output, in a JSON protocol; nothing is carried out. For `failures` of RunTask, say. */
  | { readonly kind: 'answer'; readonly output: Readonly<Record<string, unknown>> };

/** A fault to inject, as data. */
export type FaultRule = FaultMatch & FaultEffect;

/** The rules in force. */
export interface FaultPlan {
  /** Puts these rules in the place of all; every count starts again. */
  set(rules: readonly FaultRule[]): void;
  /** Adds a rule behind the others. */
  add(rule: FaultRule): void;
  /** The rules in force, in order. */
  rules(): readonly FaultRule[];
  /** Counts a call; answers the first rule that is for it. */
  effectOn(call: { readonly service: string; readonly operation: string }): FaultEffect | undefined;
}

/** Creates a plan. */
export function createFaultPlan(initial: readonly FaultRule[] = []): FaultPlan {
  let counted: { readonly rule: FaultRule; seen: number }[] = [];
  const set = (rules: readonly FaultRule[]): void => {
    counted = rules.map((rule) => ({ rule, seen: 0 }));
  };
  set(initial);
  return {
    set,
    add: (rule) => {
      counted.push({ rule, seen: 0 });
    },
    rules: () => counted.map(({ rule }) => rule),
    effectOn: (call) => {
      const matching = counted.filter(({ rule }) => isFor(rule, call));
      for (const one of matching) {
        one.seen += 1;
      }
      return matching.find(({ rule, seen }) => isInForce(rule, seen))?.rule;
    },
  };
}

function isFor(rule: FaultRule, call: { readonly service: string; readonly operation: string }): boolean {
  return (rule.service ?? call.service) === call.service && (rule.operation ?? call.operation) === call.operation;
}

function isInForce({ nth, times }: FaultMatch, seen: number): boolean {
  const first = nth ?? 1;
  const count = times ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return seen >= first && seen < first + count;
}
