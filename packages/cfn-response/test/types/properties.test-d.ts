import {
  booleanProperty,
  type CoercedProperties,
  type coerceProperties,
  integerProperty,
  listProperty,
  objectProperty,
  oneOfProperty,
  optionalProperty,
  type PropertiesError,
  type PropertyIssue,
  type PropertyKind,
  type PropertyValues,
  stringProperty,
} from '@plimsoll/cfn-response';
import type { Equal, Expect } from './expect';

const shape = {
  Wait: booleanProperty(),
  Count: integerProperty({ minimum: 1 }),
  Name: stringProperty(),
  Mode: oneOfProperty(['blue', 'green']),
  Ports: listProperty(integerProperty()),
  Retry: objectProperty({ Limit: integerProperty(), Jitter: optionalProperty(booleanProperty()) }),
  Comment: optionalProperty(stringProperty()),
  Timeout: optionalProperty(integerProperty(), 60),
  Owner: optionalProperty(stringProperty(), null),
};

interface Values {
  readonly Wait: boolean;
  readonly Count: number;
  readonly Name: string;
  readonly Mode: 'blue' | 'green';
  readonly Ports: readonly number[];
  readonly Retry: { readonly Limit: number; readonly Jitter: boolean | undefined };
  readonly Comment: string | undefined;
  readonly Timeout: number;
  readonly Owner: string | null;
}

type Coerced = ReturnType<typeof coerceProperties<typeof shape>>;
type Value = Extract<Coerced, { ok: true }>['value'];
type Failure = Extract<Coerced, { ok: false }>['error'];

/** Each value has the type its kind reads. */
export type Inferred = [
  Expect<Equal<PropertyValues<typeof shape>, { [K in keyof Values]: Values[K] }>>,
  Expect<Equal<Value, PropertyValues<typeof shape>>>,
  Expect<Equal<Coerced, CoercedProperties<PropertyValues<typeof shape>>>>,
  Expect<Equal<PropertyValues<Record<never, never>>, Record<never, never>>>,
];

/** Choices stay literals without `as const`; a fallback takes the place of `undefined`. */
export type Kinds = [
  Expect<Equal<typeof shape.Mode, PropertyKind<'blue' | 'green'>>>,
  Expect<Equal<typeof shape.Ports, PropertyKind<readonly number[]>>>,
  Expect<Equal<typeof shape.Comment, PropertyKind<string | undefined>>>,
  Expect<Equal<typeof shape.Timeout, PropertyKind<number>>>,
];

/** What is wrong is data with a literal code. */
export type Failures = [
  Expect<Equal<Failure, PropertiesError>>,
  Expect<Equal<Failure['code'], 'PROPERTIES_INVALID'>>,
  Expect<Equal<Failure['issues'], readonly PropertyIssue[]>>,
];

/** The value is there only once `ok` was asked, and cannot be written to. */
export function mustAsk(coerced: Coerced, value: Value): void {
  // @ts-expect-error
  void coerced.value;
  // @ts-expect-error
  value.Count = 2;
  // @ts-expect-error
  void value.ServiceToken;
}
