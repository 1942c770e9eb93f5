import type { SignedUrl } from './signed-url.js';

/** How far a PUT came: finding the host's address, connecting, TLS, waiting for the status. */
export type PutPhase = 'resolve' | 'connect' | 'tls' | 'answer';

/** One PUT to a pre-signed address. */
export interface PutRequest {
  readonly url: SignedUrl;
  /** The body, as bytes. */
  readonly body: Uint8Array;
  /** All headers the PUT must have; with others, S3 can refuse the signature. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the try is out of time. */
  readonly signal: AbortSignal;
  /** To be called as each phase begins; what is reported last names the phase of a time-out. */
  readonly onPhase: (phase: PutPhase) => void;
}

/** How a PUT ended: with a status of any kind, or without one. */
export type PutOutcome =
  | { readonly kind: 'answered' /** HTTP status, 200 to 599. */; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly phase: PutPhase;
      /** `TIMEOUT`, or the code of the network error: capital letters, digits and `_`, at most 64. Anything else counts as `UNKNOWN`. */
      readonly code: string;
    };

/** Sends one PUT, once: no redirect followed, nothing retried. */
export type Put = (request: PutRequest) => Promise<PutOutcome>;

/**
 * Headers of the PUT.
 *
 * The address is signed for an empty content type: any other is refused with
 * SignatureDoesNotMatch ({@link https://github.com/binxio/cfn-secret-provider/issues/3}). A length in
 * characters instead of bytes cuts the JSON ({@link https://github.com/aws/aws-cdk/pull/24501}).
 */
export function putHeaders(body: Uint8Array): Readonly<Record<string, string>> {
  return { 'content-type': '', 'content-length': String(body.byteLength) };
}
