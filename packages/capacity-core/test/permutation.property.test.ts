import fc from 'fast-check';
import { exactCapacity, pooledCapacity, readHost, type TaskSizes } from '../src/index.js';
import { hostArbitrary, hostsArbitrary, taskSizesArbitrary, withShuffle } from './helpers/arbitraries.js';
import { type RecordStyle, type ResourceRecord, recordOf } from './helpers/container-instance-record.js';
import { deepFreeze } from './helpers/deep-freeze.js';
import { check } from './helpers/property.js';

const style: fc.Arbitrary<RecordStyle> = fc.record(
  { zeros: fc.boolean(), integerType: fc.constantFrom('INTEGER', 'LONG') },
  { noNullPrototype: true },
);

describe('the answer is the same, to the last digit', () => {
  it('in whatever order the hosts come', () => {
    // Thirty hosts of any type: shares such as 1/3 and 1/7 would add up differently in another order.
    check(
      fc.property(withShuffle(hostsArbitrary({ maxLength: 30 })), taskSizesArbitrary, ([hosts, shuffled], sizes) => {
        deepFreeze([hosts, shuffled, sizes]);
        expect(exactCapacity(shuffled, sizes)).toStrictEqual(exactCapacity(hosts, sizes));
      }),
    );
  });

  it('by the pooled method too, where the reference host is named', () => {
    check(
      fc.property(withShuffle(hostsArbitrary({ minLength: 1, maxLength: 10 })), taskSizesArbitrary, ([hosts, shuffled], sizes) => {
        deepFreeze([hosts, shuffled, sizes]);
        const options = { referenceHostArn: hosts[0]?.containerInstanceArn ?? '' };
        expect(pooledCapacity(shuffled, sizes, options)).toStrictEqual(pooledCapacity(hosts, sizes, options));
      }),
    );
  });

  it('for each task size, in whatever order the sizes are asked', () => {
    check(
      fc.property(hostsArbitrary(), withShuffle(taskSizesArbitrary), (hosts, [sizes, shuffled]) => {
        deepFreeze([hosts, sizes, shuffled]);
        const straight = exactCapacity(hosts, sizes as TaskSizes);
        const { taskSizes, ...cluster } = exactCapacity(hosts, shuffled as TaskSizes);
        expect(taskSizes.map(({ name }) => name)).toEqual(shuffled.map(({ name }) => name));
        const byName = new Map(taskSizes.map((answer) => [answer.name, answer]));
        expect({ ...cluster, taskSizes: sizes.map(({ name }) => byName.get(name)) }).toStrictEqual(straight);
      }),
    );
  });

  it('in whatever order a record lists its resources, and however it writes their values', () => {
    const shuffledRecord = fc
      .tuple(hostArbitrary('a'), style)
      .chain(([host, written]) =>
        fc.tuple(fc.constant(host), fc.constant(recordOf(host, written)), shuffledResources(recordOf(host, written))),
      );
    check(
      fc.property(shuffledRecord, ([host, record, shuffled]) => {
        deepFreeze([record, shuffled]);
        expect(readHost(record)).toStrictEqual({ ok: true, value: host });
        expect(readHost(shuffled)).toStrictEqual({ ok: true, value: host });
      }),
    );
  });

  it('when a record leaves out the resources it has none of', () => {
    check(
      fc.property(hostArbitrary('a'), (host) => {
        const record = recordOf(host);
        const without = (list: unknown): unknown => (list as readonly ResourceRecord[]).filter((resource) => !isNone(resource));
        const sparse = {
          ...record,
          registeredResources: without(record.registeredResources),
          remainingResources: without(record.remainingResources),
        };
        expect(readHost(deepFreeze(sparse))).toStrictEqual({ ok: true, value: host });
      }),
    );
  });
});

function shuffledResources(record: Readonly<Record<string, unknown>>): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const shuffled = (list: unknown): fc.Arbitrary<unknown> => {
    const items = [...(list as readonly ResourceRecord[]), { name: 'RACK_SLOTS', type: 'INTEGER' }];
    return fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length });
  };
  return fc
    .tuple(shuffled(record.registeredResources), shuffled(record.remainingResources))
    .map(([registeredResources, remainingResources]) => ({ ...record, registeredResources, remainingResources }));
}

function isNone(resource: ResourceRecord): boolean {
  const values = [resource.integerValue, resource.doubleValue, resource.stringSetValue].filter((value) => value !== undefined);
  return values.every((value) => value === 0 || (Array.isArray(value) && value.length === 0));
}
