/**
 * An error as CloudWatch answers it.
 *
 * Each error has two names: the code of the Query protocol, which every client shows its user, and
 * the shape that AWS JSON and CBOR name (`awsQueryError` in the model of `@aws-sdk/client-cloudwatch`).
 */
export interface Fault {
  /** Code in the Query protocol, for example `InvalidParameterValue`. */
  readonly code: string;
  /** Shape ID in AWS JSON and CBOR, for example `com.amazonaws.cloudwatch#InvalidParameterValueException`. */
  readonly shape: string;
  readonly message: string;
}

/** What an operation comes to. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Fault };

/** Code of a fault the validation of parameters finds. */
export type ParameterCode =
  | 'InvalidParameterValue'
  | 'MissingParameter'
  | 'InvalidParameterCombination'
  | 'InvalidNextToken'
  | 'ValidationError';

const SHAPES: Readonly<Record<ParameterCode, string>> = {
  InvalidParameterValue: 'InvalidParameterValueException',
  MissingParameter: 'MissingRequiredParameterException',
  InvalidParameterCombination: 'InvalidParameterCombinationException',
  InvalidNextToken: 'InvalidNextToken',
  // The model has no shape for it, though GetMetricData answers it: https://github.com/elastic/beats/issues/32687
  ValidationError: 'ValidationError',
};

/** A fault about the parameters of a request. */
export function parameterFault(code: ParameterCode, message: string): Fault {
  return { code, shape: `com.amazonaws.cloudwatch#${SHAPES[code]}`, message };
}

/** The request cannot be read as its protocol and the operation's input demand. */
export function malformed(message: string): Fault {
  return { code: 'MalformedInput', shape: 'com.amazon.coral.service#SerializationException', message };
}

/** The operation is not served here. */
export function unknownOperation(operation: string): Fault {
  return {
    code: 'InvalidAction',
    shape: 'com.amazon.coral.service#UnknownOperationException',
    message: `Could not find operation ${operation} for version 2010-08-01`,
  };
}
