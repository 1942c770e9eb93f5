/** One HTTP request as the local endpoint hands it to a service. */
export interface ServiceRequest {
  /** HTTP method, upper case. */
  readonly method: string;
  /** Path with its query string. */
  readonly path: string;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body, already decompressed. */
  readonly body: Uint8Array;
}

/** What a service answers. */
export interface ServiceResponse {
  /** HTTP status code. */
  readonly status: number;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body, encoded by the protocol of the request. */
  readonly body: Uint8Array | string;
}

/** One AWS service behind the local endpoint. */
export interface Service {
  /** Name in a Signature Version 4 credential scope: `ecs`, `monitoring`. */
  readonly signingName: string;
  /** Whether the request is for this service; asked in order, the first that accepts answers. */
  accepts(request: ServiceRequest): boolean;
  /** Answers; an operation the service lacks is answered with AWS's own error for one. */
  handle(request: ServiceRequest): ServiceResponse | Promise<ServiceResponse>;
}
