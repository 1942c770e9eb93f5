import type { TaskSize } from '@plimsoll/capacity-core';
import { UsageError } from '../program-error.js';

/**
 * Gives the sizes their headroom, written `NAME=N`.
 *
 * @throws UsageError when one is written otherwise, stands twice or names no size
 */
export function withHeadroom(sizes: readonly TaskSize[], specs: readonly string[]): readonly TaskSize[] {
  const headroom = new Map<string, number>();
  for (const spec of specs) {
    const [, name = '', tasks = ''] = /^(.+)=(\d{1,9})$/.exec(spec) ?? [];
    const shown = JSON.stringify(spec.slice(0, 80));
    if (name === '') throw new UsageError(`headroom ${shown} is not NAME=N: write one such as web=2`);
    if (headroom.has(name)) throw new UsageError(`headroom of ${name} is given twice: give it once`);
    if (!sizes.some((size) => size.name === name)) {
      throw new UsageError(`headroom ${shown} names no task size: use one of ${sizes.map((size) => size.name).join(', ')}`);
    }
    headroom.set(name, Number(tasks));
  }
  return sizes.map((size) => ({ ...size, headroom: headroom.get(size.name) ?? size.headroom }));
}
