import { type Fault, type ParameterCode, parameterFault } from './fault.js';

/** One thing wrong with a request. */
export interface Problem {
  readonly code: ParameterCode;
  readonly message: string;
}

/**
 * What is wrong with a request, gathered while it is read.
 *
 * CloudWatch names every wrong parameter of a kind in one message, a line each
 * (seen in https://github.com/awslabs/collectd-cloudwatch/pull/46); so does `fault`.
 */
export class Problems {
  readonly #found: Problem[] = [];

  /** The parameter must be there. */
  missing(path: string): void {
    this.#found.push({ code: 'MissingParameter', message: `The parameter ${path} is required.` });
  }

  /** The parameter's value cannot be used. */
  invalid(message: string): void {
    this.#found.push({ code: 'InvalidParameterValue', message });
  }

  /** Parameters do not go together. */
  combination(message: string): void {
    this.#found.push({ code: 'InvalidParameterCombination', message });
  }

  /**
   * The fault for the first problem's code with the messages of all problems of that code; `undefined` if there are none.
   *
   * @param code - answers every problem with this code instead
   */
  fault(code?: ParameterCode): Fault | undefined {
    const [first] = this.#found;
    if (first === undefined) return undefined;
    const same = this.#found.filter((problem) => code !== undefined || problem.code === first.code);
    return parameterFault(code ?? first.code, same.map(({ message }) => message).join('\n'));
  }
}
