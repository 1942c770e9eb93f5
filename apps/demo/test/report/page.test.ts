import { capacitySection } from '../../src/capacity/section.js';
import { renderChart } from '../../src/report/chart.js';
import { renderPage } from '../../src/report/page.js';
import { scalingSection } from '../../src/scaling/section.js';
import { moment } from '../helpers/moments.js';
import { scalingPlay } from '../helpers/scaling-play.js';

const page = renderPage(
  [
    { promise: 'a <promise>', holds: true, seen: 'kept & well' },
    { promise: 'another', holds: false, seen: 'broken' },
  ],
  [scalingSection(scalingPlay()), capacitySection([moment({ title: 'host <a> & "b"' })])],
);

test('the page names nothing outside itself', () => {
  expect(page).not.toMatch(/(src|href)=|url\(|@import|https?:/);
});

test('it escapes what it shows', () => {
  expect(page).not.toMatch(/<a>|<promise>|<1>/);
  expect(page).toContain('a &#60;promise&#62;');
});

test('it marks the promise that does not hold', () => {
  expect(page.match(/<tr class="broken">/g)).toHaveLength(1);
  expect(page).toMatch(/<tr class="broken"><td aria-label="broken">✗<\/td><td>another/);
});

test("it tells the template's own settings, and only minutes in which something happens", () => {
  expect(page).toContain('HostsShort ≥ 1 in 1 of 1 periods of 60 s: +1, which warms up 180 s');
  expect(page).toContain('DrainableHosts has been 1 or more in 2 of 2 periods of 60 s');
  const [, table = ''] = /What|<thead><tr><th>minute<(.*?)<\/table>/s.exec(page) ?? [];
  expect(table.match(/<tr>/g)).toHaveLength(1);
});

test('a chart numbers its positions, and draws thresholds within its height', () => {
  const svg = renderChart({
    title: 't',
    unit: 'minute',
    labels: ['a', 'b', 'c', 'd'],
    lines: [{ label: 'l', className: 'one', values: [0, 1, 2, 3] }],
    firstNumber: 0,
    every: 2,
    thresholds: [40],
  });
  expect([...svg.matchAll(/middle">(\d+)</g)].map(([, number]) => number)).toEqual(['0', '2']);
  expect(svg).toMatch(/<line class="threshold"[^>]* y1="16" y2="16"\/>/);
  expect(svg).toContain('<title>minute 3: d&#10;l: 3</title>'.replace('&#10;', '\n'));
});
