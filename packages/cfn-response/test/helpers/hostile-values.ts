/** What a getter or a trap does that must not be felt outside. */
export const fail = (): never => {
  throw new TypeError('trap');
};

const allTraps: ProxyHandler<object> = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]),
) as unknown as ProxyHandler<object>;

/** Values made to break whoever looks at them, by name; each is made anew. */
export const HOSTILE: [string, () => unknown][] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['a symbol', () => Symbol('odd')],
  ['a bigint', () => 7n],
  ['NaN', () => Number.NaN],
  ['a frozen object', () => Object.freeze({})],
  ['an object without a prototype', () => Object.create(null)],
  ['a Proxy whose every trap throws', () => new Proxy({}, allTraps)],
  ['a Proxy around a function whose every trap throws', () => new Proxy(() => {}, allTraps)],
  ['a Proxy of a list whose every trap throws', () => new Proxy([], allTraps)],
  [
    'a revoked Proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  [
    'an object whose getters throw',
    () => ({
      get message() {
        return fail();
      },
      get name() {
        return fail();
      },
      get code() {
        return fail();
      },
      get stack() {
        return fail();
      },
      get cause() {
        return fail();
      },
    }),
  ],
  [
    'an error whose message is an object',
    () => Object.assign(new TypeError('x'), { message: { toString: fail }, name: { toString: fail } }),
  ],
  ['an error whose stack throws', () => Object.defineProperty(new TypeError('x'), 'stack', { get: fail })],
  ['a list of errors that throws', () => ({ message: 'm', errors: new Proxy([], allTraps) })],
  ['a message of ten million characters', () => new TypeError('é'.repeat(10_000_000))],
  ['a string of ten million escapes', () => '\u001b['.repeat(5_000_000)],
  ['a class', () => class Odd {}],
  ['an object whose toString throws', () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail })],
];
