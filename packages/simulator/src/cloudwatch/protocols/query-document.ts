import type { DocumentReader } from '../input-shape.js';

/** A node of the tree that the dots in the names of Query parameters spell. */
export interface QueryNode {
  value?: string;
  readonly children: Map<string, QueryNode>;
}

/** The tree of a request's parameters: `A.member.1.B=c` is the member `B` of the first of the list `A`. */
export function queryTree(parameters: Iterable<readonly [string, string]>): QueryNode {
  const root: QueryNode = { children: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split('.')) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITY = /^([+-]?)inf(inity)?$/i;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads Query parameters: text all of them. */
export const queryReader: DocumentReader = {
  string: textOf,
  number: (node) => parseNumber(textOf(node)),
  boolean: (node) => parseBoolean(textOf(node)),
  timestamp: (node) => parseTimestamp(textOf(node)),
  list: (node) => {
    const members = (node as QueryNode).children.get('member')?.children;
    // A list without members is sent as an empty value.
    if (members === undefined) return textOf(node) === '' ? [] : undefined;
    const indexed = [...members].map(([index, member]) => ({ index: Number(index), member }));
    if (indexed.some(({ index }) => !Number.isInteger(index))) return undefined;
    return indexed.sort((a, b) => a.index - b.index).map(({ member }) => member);
  },
  structure: (node) => (name) => (node as QueryNode).children.get(name),
};

function textOf(node: unknown): string | undefined {
  return (node as QueryNode).value;
}

function parseBoolean(text: string | undefined): boolean | undefined {
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

function parseNumber(text = ''): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  if (/^nan$/i.test(text)) return Number.NaN;
  const infinity = INFINITY.exec(text);
  if (infinity === null) return undefined;
  return infinity[1] === '-' ? -Infinity : Infinity;
}

/** ISO 8601; without an offset it is UTC, where `Date` would take the machine's zone. */
function parseTimestamp(text = ''): Date | undefined {
  const parts = TIMESTAMP.exec(text);
  if (parts === null) return undefined;
  const [, day, time = '00:00', zone = 'Z'] = parts;
  const date = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
