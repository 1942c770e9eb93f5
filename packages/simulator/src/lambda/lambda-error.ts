import { SimulatorError } from '../simulator-error.js';

/** An option the function cannot be started with. */
export class InvalidLambdaOptionError extends SimulatorError {
  override readonly name = 'InvalidLambdaOptionError';
  readonly code = 'INVALID_LAMBDA_OPTION';

  constructor(
    /** Name of the option. */
    readonly option: string,
    message: string,
  ) {
    super(message);
  }
}

/** An event that cannot be sent to a function. */
export class InvalidLambdaEventError extends SimulatorError {
  override readonly name = 'InvalidLambdaEventError';
  readonly code = 'INVALID_LAMBDA_EVENT';
}

/** An invocation that was not begun when the function was closed, or asked for after. */
export class LambdaClosedError extends SimulatorError {
  override readonly name = 'LambdaClosedError';
  readonly code = 'LAMBDA_CLOSED';

  constructor() {
    super('the function is closed: start another with startLambdaFunction');
  }
}
