import { InvalidOptionError, UnanswerableRequestError } from './errors.js';
import type { CustomResourceHandlers, HandlerContext, HandlerReturn, LambdaContext } from './handler.js';
import { type CustomResourceOptions, resolveOptions } from './options.js';
import { parseRequest } from './parse-request.js';
import { deriveAttemptId } from './physical-resource-id.js';
import { type Answer, type AnswerSettings, answerOutcome } from './private/answer.js';
import { cleanText } from './private/clean-text.js';
import { invalidRequestResponse } from './private/failed-response.js';
import { defaultPhysicalResourceId, measureResult } from './private/handler-result.js';
import { type Invocation, logger } from './private/invocation.js';
import { withoutHandler } from './private/never-created.js';
import { type HandlerOutcome, runHandler } from './private/run-handler.js';
import { kindOf, readAny } from './private/safe-read.js';
import { sendAnswer } from './private/send-answer.js';
import type { CustomResourceRequest, RequestError } from './request.js';
import { timeBudget } from './time-budget.js';

/**
 * The Lambda function behind a custom resource.
 *
 * Whatever the handlers do, CloudFormation is answered, with one answer, before
 * the function's own time-out. The promise is rejected only if the answer could
 * not be delivered or has nowhere to go; Lambda then delivers the request again.
 *
 * @example
 * export const handler = customResource({
 *   create: async (request) => ({ Data: { Greeting: `Hello ${request.LogicalResourceId}` } }),
 *   update: async () => {},
 *   delete: async () => {},
 * });
 */
export function customResource<C extends LambdaContext = LambdaContext>(
  handlers: CustomResourceHandlers<C>,
  options: CustomResourceOptions = {},
): (event: unknown, context: C) => Promise<void> {
  const resolved = resolveOptions(options);
  for (const name of ['create', 'update', 'delete'] as const) {
    const handler = readAny(handlers, name);
    if (typeof handler !== 'function') throw new InvalidOptionError(`${name} is ${kindOf(handler)}: give a function`);
  }
  return async (event, context) => {
    const start = resolved.clock.now();
    const { handlerMs, deliveryMs } = timeBudget(remainingTime(context), resolved.marginMs);
    const parsed = parseRequest(event);
    const url = parsed.ok ? parsed.value.responseUrl : parsed.error.responseUrl;
    if (url === undefined) throw unanswerable(parsed);
    const identifiers = parsed.ok ? parsed.value.request : parsed.error.identifiers;
    const log = logger(resolved, url, identifiers);
    const invocation = { options: resolved, handlerEnd: start + handlerMs, deliveryEnd: start + deliveryMs, url, lambda: context, log };
    if (parsed.ok) await serve(parsed.value.request, handlers, invocation);
    else await refuse(parsed.error, invocation);
  };
}

async function refuse<C extends LambdaContext>(error: RequestError, invocation: Invocation<C>): Promise<void> {
  invocation.log('ERROR', 'REQUEST_INVALID', error.message);
  await sendAnswer(invalidRequestResponse(error), 'FAILED', error.identifiers, invocation);
}

async function serve<C extends LambdaContext>(
  request: CustomResourceRequest,
  handlers: CustomResourceHandlers<C>,
  invocation: Invocation<C>,
): Promise<void> {
  const { options, url, lambda } = invocation;
  const clean = (text: string): string => cleanText(text, url);
  const limitMs = Math.max(0, invocation.handlerEnd - options.clock.now());
  const stream = readAny(lambda, 'logStreamName');
  const suffix = typeof stream === 'string' && stream !== '' ? ` (log stream ${clean(stream)})` : '';
  const discloses = (text: string): boolean => url.isDisclosedBy(text);
  const settings: AnswerSettings = { noEcho: options.noEcho, onUnfit: options.onUnfit, clean, discloses, limitMs, suffix };
  const over = new AbortController();
  const outcome = withoutHandler(request, invocation) ?? (await run(request, handlers, invocation, { ...settings, signal: over.signal }));
  const answer = answerOutcome(request, outcome, settings);
  logFault(answer, outcome, invocation, clean);
  try {
    await sendAnswer(answer.response, answer.status, request, invocation);
  } finally {
    // Not before the answer: a listener that throws ends the process.
    if (outcome.kind === 'timed out') over.abort();
  }
}

function run<C extends LambdaContext>(
  request: CustomResourceRequest,
  handlers: CustomResourceHandlers<C>,
  invocation: Invocation<C>,
  settings: AnswerSettings & { readonly signal: AbortSignal },
): Promise<HandlerOutcome> {
  const { options, handlerEnd, url, lambda, log } = invocation;
  const context: HandlerContext<C> = {
    attemptId: deriveAttemptId(request, url),
    physicalResourceId: defaultPhysicalResourceId(request),
    signal: settings.signal,
    remainingMs: () => Math.max(0, handlerEnd - options.clock.now()),
    measure: (result) => measureResult(request, result, settings),
    lambda,
  };
  return runHandler({
    run: () => call(request, handlers, context),
    clock: options.clock,
    limitMs: settings.limitMs,
    onLate: () => log('WARN', 'HANDLER_LATE', 'the handler settled after its request had been answered; its outcome was not sent'),
  });
}

function call<C extends LambdaContext>(
  request: CustomResourceRequest,
  handlers: CustomResourceHandlers<C>,
  context: HandlerContext<C>,
): HandlerReturn {
  switch (request.RequestType) {
    case 'Create':
      return handlers.create(request, context);
    case 'Update':
      return handlers.update(request, context);
    case 'Delete':
      return handlers.delete(request, context);
  }
}

function logFault<C extends LambdaContext>(
  { fault, status }: Answer,
  outcome: HandlerOutcome,
  { log }: Invocation<C>,
  clean: (text: string) => string,
): void {
  if (fault === undefined) return;
  const stack = outcome.kind === 'threw' ? readAny(outcome.thrown, 'stack') : undefined;
  const facts = typeof stack === 'string' ? { stack: clean(stack) } : {};
  log(status === 'FAILED' ? 'ERROR' : 'WARN', fault.code, fault.message, facts);
}

function remainingTime(context: unknown): unknown {
  try {
    return (context as LambdaContext).getRemainingTimeInMillis();
  } catch {
    return undefined;
  }
}

function unanswerable(parsed: ReturnType<typeof parseRequest>): UnanswerableRequestError {
  const issues = parsed.ok ? [] : parsed.error.issues;
  return new UnanswerableRequestError(parsed.ok ? 'no ResponseURL' : `cannot answer: ${parsed.error.message}`, issues);
}
