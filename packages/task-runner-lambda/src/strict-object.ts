import { objectProperty, type PropertyKind, type PropertyShape, type PropertyValues } from '@plimsoll/cfn-response';

/**
 * An object with the given members and no others.
 *
 * Members are known by the names of the ECS API (`containerOverrides`) and of CloudFormation (`ContainerOverrides`) alike; the value has
 * the API's. Both spellings of one member at once are refused, as is any other member: a misspelt one would be lost in silence.
 */
export function strictObject<S extends PropertyShape>(shape: S): PropertyKind<PropertyValues<S>> {
  const inner = objectProperty(shape);
  return {
    read: (value, property) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return inner.read(value, property);
      const entries = Object.entries(value).map(([name, member]) => [uncapitalised(name), member] as const);
      const names = entries.map(([name]) => name);
      const issues = names.flatMap((name, index) => {
        if (!Object.hasOwn(shape, name)) return [issue(`${property}.${name}`, `no member (${Object.keys(shape).join(', ')} are)`)];
        return names.indexOf(name) === index ? [] : [issue(`${property}.${name}`, 'given once, in one spelling')];
      });
      return issues.length > 0 ? { ok: false, issues } : inner.read(Object.fromEntries(entries), property);
    },
  };
}

/** Drops the members that are not there, for a request that must not name them. */
export function present<T extends object>(record: T): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [K in keyof T]: Exclude<T[K], undefined> };
}

function issue(property: string, expected: string) {
  return { property, expected, found: 'there' };
}

function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
