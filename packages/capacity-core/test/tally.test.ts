import { Tally } from '../src/tally.js';

/** Copies on an empty host from which shares are kept apart in a map. */
const SPARSE = 512;

describe('idle hosts', () => {
  it.each([511, SPARSE, SPARSE + 1, 100_000])('are shares of what each holds empty, where that is %d', (whenEmpty) => {
    const tally = new Tally();
    tally.addHost(100, whenEmpty);
    tally.addHost(50, whenEmpty);
    tally.addHost(whenEmpty + 1, whenEmpty);
    expect(tally.copies).toBe(151 + whenEmpty);
    expect(tally.idleHosts).toBe((150 + whenEmpty) / whenEmpty);
  });

  it('are the same to the last digit in any order of large hosts', () => {
    const hosts = [700, 1300, 1700, 2300, 2900, 3700].flatMap((whenEmpty) => [1, 2, 3, 5, 7].map((copies) => [copies, whenEmpty] as const));
    const idleOf = (given: ReadonlyArray<readonly [number, number]>): number => {
      const tally = new Tally();
      for (const [copies, whenEmpty] of given) tally.addHost(copies, whenEmpty);
      return tally.idleHosts;
    };
    expect(idleOf([...hosts].reverse())).toBe(idleOf(hosts));
    expect(idleOf([...hosts.slice(17), ...hosts.slice(0, 17)])).toBe(idleOf(hosts));
  });

  it('are none on hosts that could never hold one', () => {
    const tally = new Tally();
    tally.addHost(0, 0);
    tally.addHost(3, 0);
    expect(tally.idleHosts).toBe(0);
  });
});

describe('what binds', () => {
  const bindingOf = (...bounds: ReadonlyArray<readonly ['CPU' | 'MEMORY' | 'GPU', number, number]>): unknown => {
    const tally = new Tally();
    for (const [reason, hosts, gain] of bounds) tally.addBound(reason, hosts, gain);
    return tally.binding;
  };

  it('is what binds on most hosts, added up over all it was told of', () => {
    expect(bindingOf(['CPU', 2, 9], ['MEMORY', 1, 0], ['MEMORY', 2, 0])).toBe('MEMORY');
    expect(bindingOf(['MEMORY', 3, 0], ['CPU', 1, 0], ['CPU', 1, 0])).toBe('MEMORY');
  });

  it('is of equals what frees most, even without limit, and then the first in order', () => {
    expect(bindingOf(['CPU', 2, 1], ['MEMORY', 1, 1], ['MEMORY', 1, 1])).toBe('MEMORY');
    expect(bindingOf(['CPU', 1, 5], ['GPU', 1, Number.POSITIVE_INFINITY])).toBe('GPU');
    expect(bindingOf(['GPU', 1, Number.POSITIVE_INFINITY], ['MEMORY', 1, Number.POSITIVE_INFINITY])).toBe('MEMORY');
    expect(bindingOf(['MEMORY', 1, 4], ['CPU', 1, 4])).toBe('CPU');
  });

  it('is nothing where nothing does', () => {
    expect(bindingOf()).toBeNull();
  });
});
