/** Names the kind of a value without telling the value. */
export function valueKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value === '') return 'empty string';
  return typeof value === 'number' ? numberKind(value) : typeof value;
}

function numberKind(value: number): string {
  if (!Number.isFinite(value)) return 'non-finite number';
  if (value < 0) return 'negative number';
  if (!Number.isInteger(value)) return 'fractional number';
  return Number.isSafeInteger(value) ? 'number' : 'number above 2^53 - 1';
}
