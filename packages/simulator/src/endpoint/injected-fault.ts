/** A fault the endpoint puts in the place of an answer, or before or after one. */
export type InjectedFault =
  | {
      /** Answers with an AWS error; nothing is changed. */
      readonly kind: 'error';
      /** Name of the error, such as `ServerException`. */
      readonly code: string;
      /** Its text. @default 'injected fault' */
      readonly message?: string;
      /** HTTP status, 400 to 599. @default 400 */
      readonly status?: number;
    }
  /** Answers `ThrottlingException` "Rate exceeded" with HTTP 400, as ECS does; nothing is changed. */
  | { readonly kind: 'throttle' }
  | {
      /** Waits, then answers as usual. */
      readonly kind: 'delay';
      /** How long. At least 0. */
      readonly milliseconds: number;
    }
  | {
      /** Answers this output as AWS JSON 1.1; nothing is changed. */
      readonly kind: 'answer';
      /** The output. */
      readonly output: Readonly<Record<string, unknown>>;
    }
  | {
      /** Closes the connection without an answer. */
      readonly kind: 'drop';
      /** Whether the request is carried out first, so that only its answer is lost. @default false */
      readonly afterHandling?: boolean;
    };

/** One request the endpoint received. */
export interface RecordedCall {
  /** Signing name of the service that took it, such as `ecs` or `monitoring`; empty if none did. */
  readonly service: string;
  /** Name of the operation, such as `RunTask`; empty if none could be read. */
  readonly operation: string;
  /** Moment of receipt, by the endpoint's clock. */
  readonly at: Date;
  /**
   * What was asked, as far as the endpoint or the service can read it, else undefined.
   * Of a body above 64 KiB, `intercept` is told it and `calls()` is not.
   */
  readonly input: unknown;
}
