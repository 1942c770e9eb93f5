/** Why a container-instance record could not be read. */
export interface HostError {
  /**
   * - `MISSING_FIELD`: a field this package needs is absent.
   * - `WRONG_TYPE`: a field holds another kind of value than ECS documents.
   * - `OUT_OF_RANGE`: a number is negative, not finite, or not a port.
   * - `DUPLICATE_RESOURCE`: a resource is listed twice.
   */
  readonly code: 'MISSING_FIELD' | 'WRONG_TYPE' | 'OUT_OF_RANGE' | 'DUPLICATE_RESOURCE';
  /** The record's own ARN, where it has one. */
  readonly containerInstanceArn?: string;
  /** Where in the record: `remainingResources[CPU].integerValue`. */
  readonly path: string;
  /** One sentence with the wrong value and the remedy. */
  readonly message: string;
}
