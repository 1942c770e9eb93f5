import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { InputProblem } from '../todo/todo-input.js';

/** An answer that says what went wrong: problem details of RFC 9457. */
export interface Problem {
  /** HTTP status code, 400 to 599. */
  readonly status: number;
  /** Names the kind of problem, for programs. */
  readonly code: string;
  /** What is wrong with this request, then what to do. */
  readonly detail: string;
  /** Each wrong value of the body. */
  readonly errors?: readonly InputProblem[];
}

/** Content type of problem details. */
export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** The body of a problem's answer. */
export function problemBody(problem: Problem): Record<string, unknown> {
  return { type: 'about:blank', title: STATUS_CODES[problem.status] ?? 'Error', ...problem };
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .status(problem.status)
    .type(PROBLEM_CONTENT_TYPE)
    .send(JSON.stringify(problemBody(problem)));
}
