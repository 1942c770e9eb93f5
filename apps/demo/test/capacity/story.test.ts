import { answers, differences, type Numbers } from '../../src/capacity/story.js';
import { moment } from '../helpers/moments.js';

const NUMBERS: Numbers = { containerCapacity: 1, idleHostCapacity: 1.5, bySize: [2, 1], idleBySize: [1.5, 2] };

describe('the demo checks what was published', () => {
  test('equal numbers are no difference', () => {
    expect(differences([moment(), moment()])).toEqual([]);
  });

  test.each([
    ['container capacity', { ...NUMBERS, containerCapacity: 2 }],
    ['idle host capacity in its last digit', { ...NUMBERS, idleHostCapacity: 1.5 + Number.EPSILON }],
    ['a task size', { ...NUMBERS, bySize: [2, 0] }],
    ['idle host capacity of a task size', { ...NUMBERS, idleBySize: [1.5, 3] }],
    ['a task size too few', { ...NUMBERS, bySize: [2] }],
    ['two values in one second', { ...NUMBERS, containerCapacity: Number.NaN }],
    ['nothing published', null],
  ])('%s is one', (_, published) => {
    const wrong = moment({ published });
    expect(differences([moment(), wrong])).toEqual([wrong]);
  });

  test('no hosts are zeros', () => {
    expect(answers([]).expected).toEqual({ containerCapacity: 0, idleHostCapacity: 0, bySize: [0, 0], idleBySize: [0, 0] });
  });
});
