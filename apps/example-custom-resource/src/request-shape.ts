import { integerProperty, optionalProperty, stringProperty } from '@plimsoll/cfn-response';

/** The properties of the resource. Each arrives as a string, whatever the template has. */
export const REQUEST_SHAPE = {
  /** Address to ask, http or https. */
  Url: stringProperty({ minLength: 1, maxLength: 2048 }),
  /** Status code that is wanted. */
  ExpectedStatus: optionalProperty(integerProperty({ minimum: 100, maximum: 599 }), 200),
  /** Text that the body must hold; without it any body will do. */
  ExpectedText: optionalProperty(stringProperty({ minLength: 1, maxLength: 256 })),
  /** How long is asked, in seconds. */
  TimeoutSeconds: optionalProperty(integerProperty({ minimum: 1, maximum: 840 }), 120),
  /** Pause between two tries, in milliseconds. */
  IntervalMs: optionalProperty(integerProperty({ minimum: 10, maximum: 60_000 }), 2000),
};
