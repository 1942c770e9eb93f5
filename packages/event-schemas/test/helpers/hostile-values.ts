/** What a getter or a trap does that must not be felt outside. */
export const throwing = (): never => {
  throw new TypeError('x7Qz');
};

const TRAPS = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, throwing]));

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Answers as the target does, but only so many times. */
export function failingAfter(reads: number, target: object): object {
  let left = reads;
  const get = (object: object, key: string | symbol): unknown => {
    if (left === 0) return throwing();
    left -= 1;
    return Reflect.get(object, key);
  };
  return new Proxy(target, { get });
}

/** Values made to break whoever looks at them, by name; each is made anew. */
export const HOSTILE: [string, () => unknown][] = [
  ['a Proxy whose every trap throws', () => new Proxy({}, TRAPS)],
  ['a Proxy of a list whose every trap throws', () => new Proxy([], TRAPS)],
  ['a Proxy of a function whose every trap throws', () => new Proxy(() => {}, TRAPS)],
  ['a revoked Proxy', () => revoked({})],
  ['a revoked Proxy of a list', () => revoked([])],
  ['an object whose getters throw', () => Object.defineProperty({}, 'a', { get: throwing, enumerable: true })],
  ['a list whose item throws', () => Object.defineProperty([1], 0, { get: throwing })],
  ['a list whose length is no number', () => new Proxy([1], { get: (list, key) => (key === 'length' ? {} : Reflect.get(list, key)) })],
  ['an object whose toString throws', () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing })],
  ['a symbol', () => Symbol('tide')],
];
