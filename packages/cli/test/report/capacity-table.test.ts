import type { CapacityReport, TaskSizeReport } from '../../src/report/capacity-report.js';
import { capacityTable, roundHosts } from '../../src/report/capacity-table.js';

const size = (name: string, containerCapacity: number, more: Partial<TaskSizeReport> = {}): TaskSizeReport => ({
  name,
  containerCapacity,
  idleHostCapacity: containerCapacity / 3,
  binding: 'CPU',
  precision: 'exact',
  notes: [],
  ...more,
});
const report = (taskSizes: readonly TaskSizeReport[], more: Partial<CapacityReport> = {}): CapacityReport => ({
  cluster: 'demo',
  method: 'exact',
  hosts: { registered: 3, eligible: 2 },
  containerCapacity: Math.min(...taskSizes.map((one) => one.containerCapacity)),
  idleHostCapacity: 0,
  taskSizes,
  ...more,
});

describe('capacityTable', () => {
  it('has a row a size, with a bar in proportion', () => {
    const table = capacityTable(report([size('web', 12), size('a-long-name', 1, { binding: 'PORTS_UDP' }), size('none', 0)]), { bar: '#' });
    expect(table.split('\n')).toEqual([
      'cluster demo: room for 0 more tasks of any one size, on 2 eligible hosts of 3 registered.',
      '',
      'SIZE         CAPACITY  IDLE HOSTS  BINDING    PRECISION',
      'web                12        4.00  CPU        exact      ########################',
      'a-long-name         1        0.33  PORTS_UDP  exact      ##',
      'none                0        0.00  CPU        exact',
      '',
    ]);
  });

  it('names the only size, and says that a pooled number is a bound', () => {
    const pooled = size('web', 1, { idleHostCapacity: null, precision: 'upperBound', notes: ['one', 'two'] });
    const table = capacityTable(report([pooled], { cluster: null, method: 'pooled', hosts: { registered: 1, eligible: 1 } }), { bar: '█' });
    expect(table.split('\n')).toEqual([
      'cluster (not named in the input): room for at most 1 more task of web, on 1 eligible host of 1 registered.',
      '',
      'SIZE  CAPACITY  IDLE HOSTS  BINDING  PRECISION',
      `web          1           -  CPU      upperBound  ${'█'.repeat(24)}`,
      '',
      'note: one',
      'note: two',
      '',
    ]);
  });

  it('draws no bar where nothing fits, and a dash where nothing binds', () => {
    const table = capacityTable(report([size('web', 0, { binding: null })]), { bar: '#' });
    expect(table).toContain('web          0        0.00  -        exact\n');
  });

  it('says a note of several sizes once', () => {
    const table = capacityTable(report([size('a', 1, { notes: ['same'] }), size('b', 1, { notes: ['same'] })]), { bar: '#' });
    expect(table.match(/note: same/g)).toHaveLength(1);
  });
});

it.each([
  [null, '-'],
  [0, '0.00'],
  [2 / 3, '0.67'],
  [1.005, '1.00'],
  [50, '50.00'],
])('%d hosts are shown as %s', (hosts, shown) => {
  expect(roundHosts(hosts)).toBe(shown);
});
