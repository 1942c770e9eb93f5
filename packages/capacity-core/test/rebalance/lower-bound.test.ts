import fc from 'fast-check';
import { emptyRoomOf, hostsNeeded, placementContext } from '../../src/index.js';
import { cheapestPacking } from '../helpers/packing-oracle.js';
import { check } from '../helpers/property.js';
import { host, resources, taskSize } from '../helpers/synthetic-hosts.js';

const disk = (amount: number) => [{ name: 'disk', amount }];

describe('the lower bound', () => {
  it('counts what tasks take, and not what it is rounded up to', () => {
    const tenth = taskSize(1, 1, { others: disk(0.1) });
    const hostTypes = [{ name: 'new', resources: resources(1000, 1000, { others: disk(1) }) }];
    // Ten tenths are one.
    expect(hostsNeeded({ hostTypes, waiting: [{ size: tenth, tasks: 10 }] }).lowerBound).toEqual({ hosts: 1, cost: 1 });
  });

  it('is no more than the cheapest packing of fractions, either', () => {
    const amounts = fc.constantFrom(0.1, 0.2, 0.3, 1 / 3, 0.25, 0.0001, 1 / 1024, 0.7);
    check(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 6 }), fc.constantFrom(0.6, 0.7, 0.9, 1, 4 / 3), (asked, given) => {
        const type = { name: 'new', resources: resources(1000, 1000, { others: disk(given) }) };
        const waiting = asked.map((amount) => ({ size: taskSize(1, 1, { name: `size-${amount}`, others: disk(amount) }), tasks: 1 }));
        const room = emptyRoomOf(host('new', { registered: type.resources }), placementContext({ tasks: [] }));
        const cheapest = cheapestPacking(
          waiting.map(({ size }) => size),
          [],
          [{ room, cost: 1 }],
        );
        const { lowerBound } = hostsNeeded({ hostTypes: [type], waiting });
        if (cheapest !== undefined) expect(lowerBound.cost).toBeLessThanOrEqual(cheapest);
      }),
    );
  });

  it('is of what 10,000 hosts hold, where more tasks are asked for', () => {
    const hostTypes = [{ name: 'new', resources: resources(1024, 993) }];
    expect(hostsNeeded({ hostTypes, waiting: [{ size: taskSize(), tasks: 50_000 }] })).toMatchObject({
      hosts: 10_000,
      cost: 10_000,
      lowerBound: { hosts: 10_000, cost: 10_000 },
      gap: 0,
      unplaceable: [{ name: 'web', tasks: 30_000, reasons: [] }],
    });
  });

  it('is a sum of the costs of hosts, to the last digit, where costs are decimal', () => {
    const hostTypes = [
      { name: 'small', resources: resources(1000, 1000), cost: 0.012 },
      { name: 'large', resources: resources(2000, 2000), cost: 0.024 },
    ];
    const answer = hostsNeeded({ hostTypes, waiting: [{ size: taskSize(1000, 1000), tasks: 2 }] });
    expect(answer).toMatchObject({ cost: 0.024, lowerBound: { cost: 0.024 }, gap: 0 });
    const odd = hostTypes.map((type) => ({ ...type, cost: type.cost * Math.PI }));
    expect(hostsNeeded({ hostTypes: odd, waiting: [{ size: taskSize(1000, 1000), tasks: 2 }] }).gap).toBeLessThan(1e-8);
  });
});
