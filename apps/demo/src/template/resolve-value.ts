import { DemoError } from '../demo-error.js';

/** What a template's references stand for. */
export interface References {
  /** Value of `Ref` to a resource or a pseudo parameter. */
  readonly ref: (id: string) => unknown;
  /** Value of `Fn::GetAtt`. */
  readonly attribute: (id: string, name: string) => unknown;
}

type Intrinsic = (argument: unknown, references: References) => unknown;

/** The intrinsic functions that the reference stack uses where the demo reads it. */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (id, { ref }) => ref(String(id)),
  'Fn::GetAtt': (argument, { attribute }) => {
    const [id = '', name = ''] = Array.isArray(argument) ? argument.map(String) : splitOnce(String(argument));
    return attribute(id, name);
  },
  'Fn::Join': (argument, references) => {
    const [separator, parts] = argument as readonly [string, readonly unknown[]];
    return parts.map((part) => String(resolveValue(part, references))).join(separator);
  },
  'Fn::Sub': (text, references) =>
    String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      const [id, attribute] = splitOnce(name);
      return String(attribute === undefined ? references.ref(id) : references.attribute(id, attribute));
    }),
};

/**
 * The value with every intrinsic function replaced by what it gives.
 *
 * @throws {DemoError} at a function that is not known here
 */
export function resolveValue(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name];
    if (intrinsic === undefined)
      throw new DemoError('TEMPLATE', `the template uses ${name} where the demo reads it: teach it resolve-value.ts`);
    return intrinsic(argument, references);
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, resolveValue(member, references)]));
}

function splitOnce(text: string): [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}
