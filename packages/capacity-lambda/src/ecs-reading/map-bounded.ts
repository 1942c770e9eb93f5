/**
 * Maps items through an asynchronous function, a bounded number at a time; results keep the order of the items.
 *
 * After one fails, no further item is begun.
 *
 * @param concurrency - most items under way at once, at least 1
 */
export async function mapBounded<Item, Value>(
  items: readonly Item[],
  concurrency: number,
  map: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results = new Map<number, Value>();
  const queue = items.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results.set(index, await map(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrency), items.length) }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, value]) => value);
}
