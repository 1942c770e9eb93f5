import { resolve } from 'node:path';
import { readCommandLine } from '../src/command-line.js';

const playing = (options: object) => ({ kind: 'play', options: { report: resolve('demo.html'), failMigration: false, ...options } });

test.each([
  [[], playing({})],
  [['--'], playing({})],
  [['--fail-migration'], playing({ failMigration: true })],
  [['--', '--fail-migration', '--html', 'x/y.html'], playing({ failMigration: true, report: resolve('x/y.html') })],
  [['--html=/z.html'], playing({ report: '/z.html' })],
  [['--help'], { kind: 'help' }],
  [['--', '-h'], { kind: 'help' }],
])('%j is understood', (argv, expected) => {
  expect(readCommandLine(argv)).toEqual(expected);
});

test.each([
  [['--speed', '9'], /--speed/],
  [['--fail-migrations'], /--fail-migrations/],
  [['--fail-migration=no'], /--fail-migration/],
  [['fail-migration'], /fail-migration/],
  [['--html'], /--html/],
  [['--html', ''], /--html is empty/],
  [['--', '--', '--html', 'x'], /./],
])('%j is refused in one sentence', (argv, problem) => {
  const read = readCommandLine(argv);
  expect(read).toEqual({ kind: 'wrong', problem: expect.stringMatching(problem) });
  expect(read.kind === 'wrong' ? read.problem.split('\n') : []).toHaveLength(1);
});
