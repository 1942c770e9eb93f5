import { describeThrown } from '../describe-thrown.js';
import type { HandlerResult, MeasuredResult, ResultError } from '../handler.js';
import type { CustomResourceRequest } from '../request.js';
import type { FitResult } from '../response.js';
import { type Failure, failedResponse, usableId } from './failed-response.js';
import { measureRead, misnamedId, type ResultSettings, readResult } from './handler-result.js';
import type { HandlerOutcome } from './run-handler.js';
import { readAny } from './safe-read.js';

/** How outcomes become responses. */
export interface AnswerSettings extends ResultSettings {
  /** Stands behind every failure's reason. */
  readonly suffix: string;
  /** Time the handler had, in milliseconds. */
  readonly limitMs: number;
  /** Makes another result of one that cannot be answered with. */
  readonly onUnfit: ((error: ResultError, request: CustomResourceRequest) => HandlerResult | undefined) | undefined;
}

/** The response to an outcome, and what was wrong with the outcome. */
export interface Answer {
  readonly response: FitResult;
  readonly status: 'SUCCESS' | 'FAILED';
  /** Why it failed; for a replaced result, why the first one was not used. */
  readonly fault: { readonly code: 'HANDLER_FAILED' | 'RESULT_UNFIT' | 'UPDATE_REFUSED'; readonly message: string } | undefined;
}

/** Decides what CloudFormation is told about an outcome. */
export function answerOutcome(request: CustomResourceRequest, outcome: HandlerOutcome, settings: AnswerSettings): Answer {
  switch (outcome.kind) {
    case 'returned':
      return answerResult(request, outcome.value, settings);
    case 'threw':
      return answerThrown(request, outcome.thrown, settings);
    case 'refused':
      return failed(request, settings, 'UPDATE_REFUSED', { reason: outcome.reason, physicalResourceId: undefined, nothingExists: false });
    case 'timed out': {
      const reason = `the handler did not finish within ${Math.round(settings.limitMs)} ms: raise the function's time-out, or do less; whether it will finish is unknown`;
      return failed(request, settings, 'HANDLER_FAILED', { reason, physicalResourceId: undefined, nothingExists: false });
    }
  }
}

function answerResult(request: CustomResourceRequest, value: unknown, settings: AnswerSettings): Answer {
  const read = readResult(request, value, settings);
  if (!read.ok) return unfit(request, read.error, usableId(value, 'PhysicalResourceId', settings) ?? misnamed(value, settings), settings);
  const measured = measureRead(request, read.value, settings);
  if (measured.ok) return { response: measured, status: 'SUCCESS', fault: undefined };
  const { error } = measured;
  const second = secondResult(request, read.value, error, settings);
  if (second?.ok) return { response: second, status: 'SUCCESS', fault: { code: 'RESULT_UNFIT', message: settings.clean(error.message) } };
  return unfit(request, error, read.value.PhysicalResourceId, settings);
}

function misnamed(value: unknown, settings: AnswerSettings): string | undefined {
  return usableId({ id: misnamedId(value) }, 'id', settings);
}

/** The handler did its work: a marker in place of its id would have the Delete skipped and the resource left behind. */
function unfit(
  request: CustomResourceRequest,
  error: ResultError,
  physicalResourceId: string | undefined,
  settings: AnswerSettings,
): Answer {
  return failed(request, settings, 'RESULT_UNFIT', {
    reason: settings.clean(error.message),
    physicalResourceId,
    nothingExists: false,
  });
}

/** What `onUnfit` makes of a result whose `Data` cannot be answered; what exists keeps its id, and secrets their mask, if it says nothing. */
function secondResult(
  request: CustomResourceRequest,
  first: HandlerResult,
  error: ResultError,
  settings: AnswerSettings,
): MeasuredResult | undefined {
  try {
    const replacement: unknown = settings.onUnfit?.(error, request);
    if (replacement === undefined || replacement === null) return undefined;
    if (typeof readAny(replacement, 'then') === 'function') {
      // The types refuse it; in JavaScript it must neither pass for an empty result nor end the process by a rejection.
      Promise.resolve(replacement).catch(() => {});
      return undefined;
    }
    const read = readResult(request, replacement, settings);
    if (!read.ok) return read;
    const { PhysicalResourceId = first.PhysicalResourceId, NoEcho = first.NoEcho } = read.value;
    return measureRead(request, { ...read.value, PhysicalResourceId, NoEcho }, settings);
  } catch {
    return undefined;
  }
}

function answerThrown(request: CustomResourceRequest, thrown: unknown, settings: AnswerSettings): Answer {
  const message = readAny(thrown, 'message');
  const isHandlerFailure = readAny(thrown, 'code') === 'HANDLER_FAILURE' && typeof message === 'string';
  const reason = settings.clean(isHandlerFailure ? message : describeThrown(thrown));
  const physicalResourceId = isHandlerFailure ? usableId(thrown, 'physicalResourceId', settings) : undefined;
  // Only the handler can know: an earlier delivery of the request may have made what this one failed to make.
  const namesNothing = readAny(thrown, 'physicalResourceId') === undefined;
  const nothingExists = isHandlerFailure && namesNothing && readAny(thrown, 'nothingExists') === true;
  return failed(request, settings, 'HANDLER_FAILED', { reason, physicalResourceId, nothingExists });
}

function failed(
  request: CustomResourceRequest,
  settings: AnswerSettings,
  code: 'HANDLER_FAILED' | 'RESULT_UNFIT' | 'UPDATE_REFUSED',
  failure: Omit<Failure, 'suffix'>,
): Answer {
  const response = failedResponse(request, { ...failure, suffix: settings.suffix });
  return { response, status: 'FAILED', fault: { code, message: failure.reason } };
}
