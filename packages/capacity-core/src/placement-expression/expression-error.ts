import { failure } from '../result.js';

/** Why an expression of the cluster query language was refused. */
export interface PlacementExpressionError {
  /**
   * - `EMPTY`: there is nothing but white space.
   * - `TOO_LONG`: more than the 2,000 characters Amazon ECS takes.
   * - `TOO_DEEP`: more than 100 parentheses and negations within one another.
   * - `UNKNOWN_SUBJECT`: no subject that Amazon ECS documents, or no name an attribute can have.
   * - `UNKNOWN_OPERATOR`: a sign or word that is no operator, or none where one is needed.
   * - `OPERATOR_NOT_ALLOWED`: an operator that Amazon ECS does not document for the subject.
   * - `MISSING_ARGUMENT`: nothing to compare with.
   * - `INVALID_ARGUMENT`: an argument of another kind than subject and operator take.
   * - `UNCLOSED`: a quote, list or parenthesis that nothing closes.
   * - `UNEXPECTED_TEXT`: something after the end of an expression.
   * - `AMBIGUOUS`: `and` beside `or`, or a negation without parentheses before one of them; Amazon ECS documents no precedence.
   * - `INVALID_PATTERN`: not a regular expression of Java.
   * - `UNSUPPORTED_PATTERN`: Java's regular expressions have it, this package does not.
   * - `PATTERN_TOO_LARGE`: repetitions that amount to more than 4,000 states.
   */
  readonly code:
    | 'EMPTY'
    | 'TOO_LONG'
    | 'TOO_DEEP'
    | 'UNKNOWN_SUBJECT'
    | 'UNKNOWN_OPERATOR'
    | 'OPERATOR_NOT_ALLOWED'
    | 'MISSING_ARGUMENT'
    | 'INVALID_ARGUMENT'
    | 'UNCLOSED'
    | 'UNEXPECTED_TEXT'
    | 'AMBIGUOUS'
    | 'INVALID_PATTERN'
    | 'UNSUPPORTED_PATTERN'
    | 'PATTERN_TOO_LARGE';
  /** The character it is about, the first being 1; one more than the length where something is missing at the end. */
  readonly position: number;
  /** One sentence with what is wrong, the character and the remedy. */
  readonly message: string;
}

/** A refusal as a result. */
export type Refusal = { readonly ok: false; readonly error: PlacementExpressionError };

/** An error about the character at the given index, from 0. */
export function refused(code: PlacementExpressionError['code'], index: number, problem: string, remedy: string): Refusal {
  const position = index + 1;
  return failure({ code, position, message: `${problem} at character ${position}; ${remedy}` });
}

/** Text in quotes for a message, cut where it is long. */
export function quoted(text: string): string {
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
