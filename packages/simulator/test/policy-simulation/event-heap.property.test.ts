import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { EventHeap } from '../../src/policy-simulation/model/event-heap.js';

test('happenings come by moment, those of one moment in the order they were put in, whatever is taken out between', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: fc.nat(20) }, fc.constant(undefined)), { maxLength: 200 }), (steps) => {
      const heap = new EventHeap();
      const model: Array<{ at: number; order: number }> = [];
      const seen: number[] = [];
      const expected: number[] = [];
      const take = () => {
        heap.pop()?.();
        const first = [...model].sort((a, b) => a.at - b.at || a.order - b.order)[0];
        if (first === undefined) return;
        model.splice(model.indexOf(first), 1);
        expected.push(first.order);
      };
      for (const [order, at] of steps.entries()) {
        if (at === undefined) take();
        else {
          heap.push(at, () => seen.push(order));
          model.push({ at, order });
        }
        expect(heap.size).toBe(model.length);
        expect(heap.firstMillis).toBe(Math.min(Number.POSITIVE_INFINITY, ...model.map((one) => one.at)));
      }
      while (model.length > 0) take();
      expect(seen).toEqual(expected);
    }),
    propertyParameters(200),
  );
});
