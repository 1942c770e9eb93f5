export { type Clock, systemClock } from './clock.js';
export { type CoercedProperties, coerceProperties, type PropertiesError } from './coerce-properties.js';
export { customResource } from './custom-resource.js';
export { type Delivery, type DeliveryOutcome, deliver } from './deliver.js';
export { describeThrown } from './describe-thrown.js';
export {
  CfnResponseError,
  DeliveryError,
  HandlerFailure,
  type HandlerFailureOptions,
  InvalidOptionError,
  UnanswerableRequestError,
} from './errors.js';
export { explainFailure } from './explain-failure.js';
export { fitResponse } from './fit-response.js';
export type {
  CustomResourceHandlers,
  HandlerContext,
  HandlerResult,
  HandlerReturn,
  LambdaContext,
  MeasuredResult,
  ResultError,
} from './handler.js';
export { type HttpsPutOptions, httpsPut } from './https-put.js';
export { type Log, type LogCode, type LogEntry, stdoutLog } from './log.js';
export type { CustomResourceOptions } from './options.js';
export { parseRequest } from './parse-request.js';
export {
  CREATE_FAILED_PHYSICAL_RESOURCE_ID,
  deriveAttemptId,
  derivePhysicalResourceId,
  MAX_PHYSICAL_RESOURCE_ID_BYTES,
} from './physical-resource-id.js';
export {
  booleanProperty,
  type IntegerRange,
  integerProperty,
  listProperty,
  objectProperty,
  oneOfProperty,
  optionalProperty,
  type PropertyIssue,
  type PropertyKind,
  type PropertyShape,
  type PropertyValues,
  type Read,
  type StringLimits,
  stringProperty,
} from './property-kind.js';
export { type Put, type PutOutcome, type PutPhase, type PutRequest, putHeaders } from './put.js';
export { sanitiseReason, type TrimOptions, trimToBytes } from './reason.js';
export type {
  CreateRequest,
  CustomResourceRequest,
  DeleteRequest,
  ParsedRequest,
  RequestBase,
  RequestError,
  RequestIssue,
  ResourceProperties,
  ResponseIdentifiers,
  UpdateRequest,
} from './request.js';
export {
  type CustomResourceResponse,
  type FailedResponse,
  type FitError,
  type FitResult,
  type FittedResponse,
  MAX_RESPONSE_BYTES,
  type ResponseData,
  type SuccessResponse,
} from './response.js';
export { retryDelayMs } from './retry-delay.js';
export { SignedUrl } from './signed-url.js';
