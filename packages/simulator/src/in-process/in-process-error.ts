import { SimulatorError } from '../simulator-error.js';

/** A service refused a call, in the shape of an exception of the AWS SDK. */
export class InProcessServiceError extends SimulatorError {
  /** Name of the error, such as `ThrottlingException`. */
  override readonly name: string;
  /** The same name. */
  readonly code: string;
  /** Whose fault it is. */
  readonly $fault: 'client' | 'server';
  /** HTTP status it would have. */
  readonly $metadata: { readonly httpStatusCode: number; readonly attempts: number };
  /** ARNs of a ConflictException. */
  readonly resourceIds?: readonly string[];

  constructor(error: {
    readonly code: string;
    readonly message: string;
    readonly status: number;
    readonly resourceIds?: readonly string[];
  }) {
    super(error.message);
    this.name = error.code;
    this.code = error.code;
    this.$fault = error.status < 500 ? 'client' : 'server';
    this.$metadata = { httpStatusCode: error.status, attempts: 1 };
    if (error.resourceIds !== undefined) {
      this.resourceIds = error.resourceIds;
    }
  }
}

/** The connection was reset: nobody knows whether the call was carried out. */
export class LostConnectionError extends SimulatorError {
  override readonly name = 'LostConnectionError';
  readonly code = 'ECONNRESET';

  constructor() {
    super('socket hang up');
  }
}
