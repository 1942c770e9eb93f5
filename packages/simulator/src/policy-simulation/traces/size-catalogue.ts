import type { TaskSize } from '@plimsoll/capacity-core';
import { plainSize } from '../workload.js';

/** Sizes of a trace, each once, in the order they were met. */
export class SizeCatalogue {
  readonly #places = new Map<string, number>();
  readonly #sizes: TaskSize[] = [];

  /** All of them. */
  public get sizes(): readonly TaskSize[] {
    return this.#sizes;
  }

  /** The place of a size; a new one is named by its amounts. */
  public placeOf({ cpuUnits, memoryMiB, gpus }: Pick<TaskSize, 'cpuUnits' | 'memoryMiB' | 'gpus'>): number {
    const name = `cpu-${cpuUnits}-memory-${memoryMiB}${gpus > 0 ? `-gpu-${gpus}` : ''}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#sizes.length;
    this.#places.set(name, place);
    this.#sizes.push(plainSize({ name, cpuUnits, memoryMiB, gpus }));
    return place;
  }
}
