import { SimulatorError } from '../simulator-error.js';

/** The port asked for is taken by another process. */
export class PortInUseError extends SimulatorError {
  override readonly name = 'PortInUseError';
  readonly code = 'PORT_IN_USE';
  /** The port, 1 to 65535. */
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(`port ${port} on 127.0.0.1 is in use; choose another, or 0 for any free one`, options);
    this.port = port;
  }
}

/** The endpoint, or a function's Runtime API, could not listen for another reason, such as a port only root may use. */
export class ListenError extends SimulatorError {
  override readonly name = 'ListenError';
  readonly code = 'LISTEN_FAILED';

  constructor(port: number, options?: ErrorOptions) {
    super(
      port === 0
        ? 'cannot listen on any port of 127.0.0.1; free a port, or raise the limit on open files'
        : `cannot listen on port ${port} of 127.0.0.1; choose another from 1024 to 65535, or 0 for any free one`,
      options,
    );
  }
}

/** An ARN, or a name of what it is, names nothing the endpoint knows. */
export class UnknownResourceError extends SimulatorError {
  override readonly name = 'UnknownResourceError';
  readonly code = 'UNKNOWN_RESOURCE';
  /** The ARN, or the kind of thing and its name. */
  readonly arn: string;

  constructor(arn: string) {
    super(`${arn} is not registered here; pass an ARN that the endpoint gave`);
    this.arn = arn;
  }
}
