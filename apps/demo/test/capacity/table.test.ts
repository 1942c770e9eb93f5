import { renderTable } from '../../src/capacity/table.js';
import { moment } from '../helpers/moments.js';

describe('the table', () => {
  test('has a line a moment, and says where sums promise what no host has', () => {
    const numbers = { containerCapacity: 0, idleHostCapacity: 0.25, bySize: [0, 1], idleBySize: [0.25, 2] };
    const lie = moment({
      title: 'sums promise one',
      pooledFirstSize: 1,
      expected: numbers,
      published: numbers,
      refusals: ['RESOURCE:CPU'],
    });
    const lines = renderTable([moment(), lie]).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).not.toContain('no host has it');
    expect(lines[3]).toMatch(/sums promise one.*0\.25.*1 {2}← no host has it.*RESOURCE:CPU/);
  });

  test('shows a dash where nothing was published', () => {
    expect(renderTable([moment({ published: null })]).split('\n')[2]).toContain('–');
  });
});
