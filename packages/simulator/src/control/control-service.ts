import * as v from 'valibot';
import type { StackStore } from '../cloudformation/stack-store.js';
import type { Service, ServiceRequest, ServiceResponse } from '../endpoint/service.js';
import type { AuthorizedCall } from '../faults/authorized-call.js';
import { type FaultPlan, type FaultRule, faultRuleSchema } from '../faults/fault-rule.js';

/** Where the control API is; no AWS service has a path that begins so. */
export const CONTROL_PATH = '/_plimsoll/';

/** What the control API reads and sets. */
export interface Controlled {
  /** Rules of faults. */
  readonly faults: FaultPlan;
  /** Stacks. */
  readonly stacks: StackStore;
  /** Calls so far. */
  readonly recordedCalls: () => readonly AuthorizedCall[];
  /** Forgets them. */
  readonly clearCalls: () => void;
}

const stackSchema = v.strictObject({
  stackName: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)),
  status: v.pipe(v.string(), v.regex(/^[A-Z_]+$/)),
  statusReason: v.exactOptional(v.string()),
  stackId: v.exactOptional(v.string()),
});

const rulesSchema = v.array(faultRuleSchema);

/**
 * The control API, in plain JSON, beside AWS's: `GET`, `PUT`, `POST` and `DELETE`
 * of `faults`; `GET` and `PUT` of `stacks`; `GET` and `DELETE` of `calls`.
 */
export function createControlService(controlled: Controlled): Service {
  const handlers: Readonly<Record<string, (body: unknown) => ServiceResponse>> = {
    'GET faults': () => json(200, controlled.faults.rules()),
    'PUT faults': (body) =>
      reading(rulesSchema, body, (rules) => {
        controlled.faults.set(rules as readonly FaultRule[]);
        return json(200, controlled.faults.rules());
      }),
    'POST faults': (body) =>
      reading(faultRuleSchema, body, (rule) => {
        controlled.faults.add(rule as FaultRule);
        return json(200, controlled.faults.rules());
      }),
    'DELETE faults': () => {
      controlled.faults.set([]);
      return json(200, []);
    },
    'GET stacks': () => json(200, controlled.stacks.list()),
    'PUT stacks': (body) => reading(stackSchema, body, (stack) => json(200, controlled.stacks.set(stack))),
    'GET calls': () => json(200, controlled.recordedCalls()),
    'DELETE calls': () => {
      controlled.clearCalls();
      return json(200, []);
    },
  };
  return {
    signingName: '',
    accepts: ({ path }) => path.startsWith(CONTROL_PATH),
    handle: (request) => {
      const handler = handlers[`${request.method} ${request.path.slice(CONTROL_PATH.length)}`];
      if (handler === undefined) {
        return json(404, { message: `there is no ${request.method} ${request.path}; use ${Object.keys(handlers).join(', ')}` });
      }
      const body = parse(request);
      return body.ok ? handler(body.value) : json(400, { message: 'the body is not JSON' });
    },
  };
}

function reading<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  then: (value: v.InferOutput<Schema>) => ServiceResponse,
): ServiceResponse {
  const read = v.safeParse(schema, body);
  if (read.success) {
    return then(read.output);
  }
  const [issue] = read.issues;
  const at = issue === undefined ? null : v.getDotPath(issue as v.BaseIssue<unknown>);
  return json(400, { message: `${at ?? 'the body'}: ${issue?.message ?? 'not understood'}` });
}

function parse({ body }: ServiceRequest): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  const text = Buffer.from(body).toString('utf8');
  try {
    return { ok: true, value: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function json(status: number, value: unknown): ServiceResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
