import { mapBounded } from '../../src/ecs-reading/map-bounded.js';

describe('mapBounded', () => {
  test('keeps the order of the items whatever the order they end in', async () => {
    const release: Array<() => void> = [];
    const mapped = mapBounded(['a', 'b', 'c'], 3, async (item) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return item.toUpperCase();
    });
    for (const end of release.reverse()) end();
    expect(await mapped).toEqual(['A', 'B', 'C']);
  });

  test.each([0, 1, 3, 100])('never has more under way than %i, or 1', async (concurrency) => {
    let now = 0;
    let most = 0;
    await mapBounded([...Array(20).keys()], concurrency, async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
    });
    expect(most).toBe(Math.min(20, Math.max(1, concurrency)));
  });

  test('begins no further item after one failed', async () => {
    const begun: number[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const mapped = mapBounded([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      if (item === 0) throw new RangeError('zero');
      await held;
      return item;
    });
    await expect(mapped).rejects.toThrow('zero');
    // Only now can the other worker go on; all that it does about it is done before the next turn of the event loop.
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([0, 1]);
  });

  test('maps nothing to nothing', async () => {
    expect(await mapBounded([], 4, async () => 1)).toEqual([]);
  });
});
