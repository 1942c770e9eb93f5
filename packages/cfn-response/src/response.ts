import type { ResponseIdentifiers } from './request.js';

/**
 * Largest response body CloudFormation reads, in bytes of UTF-8, inclusive.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export const MAX_RESPONSE_BYTES = 4096;

/** Attributes for `Fn::GetAtt`. */
export type ResponseData = Readonly<Record<string, unknown>>;

/** The request was carried out. */
export interface SuccessResponse extends ResponseIdentifiers {
  readonly Status: 'SUCCESS';
  /** 1 to 1,024 bytes. */
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  /** Masks `Data` in what `Fn::GetAtt` shows. */
  readonly NoEcho?: boolean;
  readonly Data?: ResponseData;
}

/** The request failed; CloudFormation reads no `Data` then. */
export interface FailedResponse extends ResponseIdentifiers {
  readonly Status: 'FAILED';
  /** 1 to 1,024 bytes. */
  readonly PhysicalResourceId: string;
  /** What failed, facts first: what does not fit is cut from the end. */
  readonly Reason: string;
  /** Kept whole behind a cut reason, for a pointer to the log; at most 256 bytes are kept. */
  readonly reasonSuffix?: string;
}

/** What CloudFormation is to be told. */
export type CustomResourceResponse = SuccessResponse | FailedResponse;

/** A response in bytes. */
export interface FittedResponse {
  /** JSON, at most 4,096 bytes. */
  readonly body: string;
  /** Size of `body` in bytes of UTF-8. */
  readonly bytes: number;
  /** Whether the reason lost its end. */
  readonly reasonTrimmed: boolean;
}

/** Why a response cannot be sent as it is. Messages and fields hold no value of `Data`. */
export type FitError =
  | {
      readonly code: 'DATA_TOO_LARGE';
      /** Size of `Data` as JSON, in bytes. */
      readonly dataBytes: number;
      /** Room for `Data` in this response, in bytes. */
      readonly dataLimitBytes: number;
      readonly message: string;
    }
  | {
      readonly code: 'DATA_NOT_SERIALISABLE';
      /** Name of the attribute at fault; empty for `Data` itself. */
      readonly attribute: string;
      /** Kind of what cannot be written as JSON. */
      readonly found: string;
      readonly message: string;
    }
  | { readonly code: 'PHYSICAL_RESOURCE_ID_INVALID'; readonly found: string; readonly message: string }
  | {
      /** What was given is no response: no object, or a field of another type. */
      readonly code: 'RESPONSE_INVALID';
      readonly found: string;
      readonly message: string;
    }
  | {
      readonly code: 'IDENTIFIERS_TOO_LARGE' /** Size without reason and data, in bytes. */;
      readonly bytes: number;
      readonly message: string;
    };

/** Outcome of {@link fitResponse}. */
export type FitResult = { readonly ok: true; readonly value: FittedResponse } | { readonly ok: false; readonly error: FitError };
