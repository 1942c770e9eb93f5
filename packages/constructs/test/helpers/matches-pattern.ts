type Json = Readonly<Record<string, unknown>>;

/**
 * Whether an event matches a pattern of EventBridge; it knows the operators that this package uses, and the rule that of the values of a
 * field one must match, and of the fields all.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as Json).every(([field, wanted]) => {
    const value = (event as Json | undefined)?.[field];
    return Array.isArray(wanted) ? wanted.some((one) => matchesValue(one, value)) : matchesPattern(wanted, value);
  });
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return [value].flat().includes(wanted);
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(wanted);
  if (more.length > 0) return false;
  if (operator === 'exists') return (value !== undefined) === operand;
  // An absent field is not anything but: https://github.com/aws/event-ruler#anything-but-matching
  return operator === 'anything-but' && value !== undefined && ![operand].flat().includes(value);
}
