/**
 * Says whether ECS could have written a container-instance record, as a list of conditions.
 *
 * Written apart from the reader: where they disagree, one of them is wrong.
 */
export function isReadable(record: unknown): boolean {
  if (!isPlainObject(record)) return false;
  const arn = own(record, 'containerInstanceArn');
  const version = own(record, 'version');
  return (
    typeof arn === 'string' &&
    arn.length > 0 &&
    typeof own(record, 'status') === 'string' &&
    typeof own(record, 'agentConnected') === 'boolean' &&
    (version === undefined || (Number.isSafeInteger(version) && Number(version) >= 0)) &&
    areAttributes(own(record, 'attributes') ?? []) &&
    isCount(own(record, 'runningTasksCount')) &&
    isCount(own(record, 'pendingTasksCount')) &&
    areResources(own(record, 'registeredResources')) &&
    areResources(own(record, 'remainingResources'))
  );
}

function areAttributes(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  return Array.from(list).every((item) => {
    const name = own(item, 'name');
    const value = own(item, 'value') ?? '';
    return isPlainObject(item) && typeof name === 'string' && name.length > 0 && typeof value === 'string';
  });
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0);
}

function areResources(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  const items: readonly unknown[] = Array.from(list);
  if (!items.every((item) => isPlainObject(item) && typeof own(item, 'name') === 'string')) return false;
  const names = items.map((item) => own(item, 'name'));
  if (new Set(names).size < names.length) return false;
  return items.every((item) => {
    switch (own(item, 'name')) {
      case 'CPU':
      case 'MEMORY':
        return isAmount(item);
      case 'GPU':
        return isSet(item) ? isSetOf(item, () => true) : isAmount(item) && Number.isInteger(amountOf(item));
      case 'PORTS':
      case 'PORTS_UDP':
        return isSet(item) && isSetOf(item, (port) => /^[0-9]{1,5}$/.test(port) && Number.parseInt(port, 10) < 65_536);
      default:
        return true;
    }
  });
}

function isAmount(item: unknown): boolean {
  const amount = amountOf(item);
  return typeof amount === 'number' && amount >= 0 && amount <= 2 ** 31 - 1;
}

function amountOf(item: unknown): unknown {
  const [integerValue, longValue, doubleValue] = ['integerValue', 'longValue', 'doubleValue'].map((field) => own(item, field));
  const type = own(item, 'type');
  if (type === 'INTEGER') return integerValue;
  if (type === 'LONG') return longValue;
  if (type === 'DOUBLE') return doubleValue;
  return type === undefined ? [integerValue, longValue, doubleValue].find((value) => value !== undefined) : undefined;
}

function isSet(item: unknown): boolean {
  return own(item, 'type') === 'STRINGSET' || (own(item, 'type') === undefined && own(item, 'stringSetValue') !== undefined);
}

/** An absent set is an empty one. */
function isSetOf(item: unknown, isMember: (text: string) => boolean): boolean {
  const value = own(item, 'stringSetValue') ?? [];
  return Array.isArray(value) && Array.from(value).every((text) => typeof text === 'string' && isMember(text));
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: unknown, field: string): unknown {
  return Object.hasOwn(Object(value), field) ? (value as Readonly<Record<string, unknown>>)[field] : undefined;
}
