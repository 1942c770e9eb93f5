/** A value as JSON carries it, without `null`: AWS reads a null member as an absent one. */
export type PlainJson = string | number | boolean | readonly PlainJson[] | { readonly [name: string]: PlainJson };

/** Deepest nesting accepted; ECS's own requests stay below ten. */
const DEEPEST = 64;

/** A copy of the value, or why there is none. */
export type PlainJsonResult = { readonly ok: true; readonly value: PlainJson | undefined } | { readonly ok: false; readonly error: string };

/**
 * Copies a parsed value into fresh plain objects: null and undefined members
 * are left out, and so is a member named `__proto__`, which an assignment
 * further down would turn into a prototype.
 */
export function plainJson(value: unknown): PlainJsonResult {
  const tooDeep = { found: false };
  const copied = copy(value, 0, tooDeep);
  return tooDeep.found ? { ok: false, error: `the request is nested deeper than ${DEEPEST} levels` } : { ok: true, value: copied };
}

/** As {@link plainJson}, from JSON text. */
export function parsePlainJson(text: string): PlainJsonResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, error: 'the text is not JSON' };
  }
  return plainJson(parsed);
}

function copy(value: unknown, depth: number, tooDeep: { found: boolean }): PlainJson | undefined {
  if (depth > DEEPEST) {
    tooDeep.found = true;
    return undefined;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => copy(item, depth + 1, tooDeep)).filter((item) => item !== undefined);
  }
  return typeof value === 'object' && value !== null ? copyObject(value, depth, tooDeep) : undefined;
}

function copyObject(value: object, depth: number, tooDeep: { found: boolean }): PlainJson {
  const copied: Record<string, PlainJson> = {};
  for (const [name, member] of Object.entries(value)) {
    const kept = name === '__proto__' ? undefined : copy(member, depth + 1, tooDeep);
    if (kept !== undefined) {
      copied[name] = kept;
    }
  }
  return copied;
}
