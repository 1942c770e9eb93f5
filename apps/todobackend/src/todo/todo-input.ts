import * as v from 'valibot';
import { failure, type Result, success } from '../result.js';
import { MAX_TITLE_CHARACTERS, ORDER_RANGE, type TodoChange, type TodoFields } from './todo.js';

/** One thing wrong with a request's body. */
export interface InputProblem {
  /** JSON Pointer (RFC 6901) to the wrong value; empty for the body itself. */
  readonly pointer: string;
  /** What is wrong, then what to send. */
  readonly detail: string;
}

const title = v.pipe(
  v.string('title is no string: send a string'),
  v.check((text) => text.trim() !== '', 'title is blank: send at least one visible character'),
  v.check(
    (text) => [...text].length <= MAX_TITLE_CHARACTERS,
    ({ input }) => `title has ${[...input].length} characters: send at most ${MAX_TITLE_CHARACTERS}`,
  ),
  // Neither has a place in a text column: one database would cut the text there, the other store something else.
  v.check((text) => !/[\0\p{Surrogate}]/u.test(text), 'title has a NUL or half a surrogate pair: send Unicode text without them'),
);

const completed = v.boolean('completed is no boolean: send true or false');

const orderMessage = `order is no whole number from ${ORDER_RANGE.minimum} to ${ORDER_RANGE.maximum}: send one, or null for none`;
const order = v.nullable(
  v.pipe(
    v.number(orderMessage),
    v.integer(orderMessage),
    v.minValue(ORDER_RANGE.minimum, orderMessage),
    v.maxValue(ORDER_RANGE.maximum, orderMessage),
  ),
);

/** Clients that keep a todo as they received it send its `url` back; it is read and forgotten. */
const url = v.optional(v.unknown());

const objectMessage = (issue: { readonly expected: string | null; readonly received: string }): string => {
  if (issue.expected === 'never') return `there is no field ${issue.received}: send title, completed or order`;
  if (issue.expected === 'Object') return 'the body is no JSON object: send one, with content-type application/json';
  return `${issue.expected} is missing: send it`;
};

const wholeTodo = v.strictObject({ title, completed: v.optional(completed, false), order: v.optional(order, null), url }, objectMessage);

const changedTodo = v.strictObject(
  { title: v.exactOptional(title), completed: v.exactOptional(completed), order: v.exactOptional(order), url },
  objectMessage,
);

/** One problem a value: what is no number is not also out of range. */
const EARLY = { abortPipeEarly: true };

/** The body, or null where it is a list: a validator would take that for an object without the fields. */
function objectOf(body: unknown): unknown {
  return Array.isArray(body) ? null : body;
}

/** Reads the body of POST or PUT: a whole todo, where `completed` is false and `order` is null unless it says otherwise. */
export function parseTodo(body: unknown): Result<TodoFields, readonly InputProblem[]> {
  const parsed = v.safeParse(wholeTodo, objectOf(body), EARLY);
  if (!parsed.success) return failure(problemsOf(parsed.issues));
  const { url: _, ...todo } = parsed.output;
  return success(todo);
}

/** Reads the body of PATCH: the fields to change. */
export function parseTodoChange(body: unknown): Result<TodoChange, readonly InputProblem[]> {
  const parsed = v.safeParse(changedTodo, objectOf(body), EARLY);
  if (!parsed.success) return failure(problemsOf(parsed.issues));
  const { url: _, ...change } = parsed.output;
  return success(change);
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[]): InputProblem[] {
  return issues.map((issue) => ({
    pointer: (issue.path ?? []).map((item) => `/${String(item.key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail: issue.message,
  }));
}
