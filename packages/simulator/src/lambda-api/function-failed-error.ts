import { SimulatorError } from '../simulator-error.js';

/** A function that ran in the Lambda runner failed, timed out, or its process ended. */
export class FunctionFailedError extends SimulatorError {
  override readonly name = 'FunctionFailedError';
  readonly code = 'FUNCTION_FAILED';
  /** Name of the error as Lambda reports it, such as `Sandbox.Timedout`. */
  readonly errorType: string;

  constructor(message: string, errorType: string) {
    super(message);
    this.errorType = errorType;
  }
}
