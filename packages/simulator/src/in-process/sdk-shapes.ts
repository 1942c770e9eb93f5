import type { Stack } from '../cloudformation/stack-store.js';
import type { InvocationAnswer } from '../lambda-api/lambda-api.js';

/** An ECS output as the SDK gives it: moments are dates, and the caller may change it. */
export function withDates(value: unknown, name = ''): unknown {
  if (typeof value === 'number') {
    return /[a-z]At$/.test(name) ? new Date(value * 1000) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withDates(item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDates(member, key)]));
  }
  return value;
}

/** Stacks as DescribeStacks gives them. */
export function describedStacks(stacks: readonly Stack[]): Readonly<Record<string, unknown>> {
  return {
    Stacks: stacks.map((stack) => ({
      StackId: stack.stackId,
      StackName: stack.stackName,
      CreationTime: stack.createdAt,
      StackStatus: stack.status,
      ...(stack.statusReason === undefined ? {} : { StackStatusReason: stack.statusReason }),
    })),
  };
}

/** An answer as Invoke gives it. */
export function invocationOutput(answer: InvocationAnswer): Readonly<Record<string, unknown>> {
  return {
    StatusCode: answer.status,
    ...(answer.functionError === undefined ? {} : { FunctionError: answer.functionError }),
    ...(answer.status === 200 ? { Payload: new TextEncoder().encode(JSON.stringify(answer.payload)), ExecutedVersion: '$LATEST' } : {}),
  };
}

/** The payload of an Invoke as the function reads it. */
export function payloadOf(payload: unknown): unknown {
  if (payload === undefined) {
    return {};
  }
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload as Uint8Array);
  return text === '' ? {} : JSON.parse(text);
}
