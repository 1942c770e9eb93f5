import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPage } from '../src/page.js';
import { renderTable } from '../src/table.js';
import { browserInstalled, openInBrowser } from './helpers/browser.js';
import { moment } from './helpers/moments.js';

const MOMENTS = [
  moment({ title: 'host <a> & "b"' }),
  moment({
    title: 'sums promise one',
    pooledFirstSize: 1,
    expected: { containerCapacity: 0, idleHostCapacity: 0.25, bySize: [0, 1], idleBySize: [0.25, 2] },
    published: { containerCapacity: 0, idleHostCapacity: 0.25, bySize: [0, 1], idleBySize: [0.25, 2] },
    refusals: ['RESOURCE:CPU'],
  }),
];

describe('the table', () => {
  test('has a line a moment, and says where sums promise what no host has', () => {
    const lines = renderTable(MOMENTS).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).not.toContain('no host has it');
    expect(lines[3]).toMatch(/sums promise one.*0\.25.*1 {2}← no host has it.*RESOURCE:CPU/);
  });

  test('shows a dash where nothing was published', () => {
    expect(renderTable([moment({ published: null })]).split('\n')[2]).toContain('–');
  });
});

describe('the page', () => {
  test('names nothing outside itself', () => {
    expect(renderPage(MOMENTS)).not.toMatch(/(src|href)=|url\(|@import|https?:/);
  });

  test('escapes what it shows', () => {
    expect(renderPage(MOMENTS)).not.toContain('<a>');
  });
});

(browserInstalled ? describe : describe.skip)('the page in a browser', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('shows the table with its numbers and draws a line for each series', async () => {
    const file = join(folder, 'demo.html');
    writeFileSync(file, renderPage(MOMENTS));
    const dom = await openInBrowser(file);
    expect(dom).toContain('<td>host &lt;a&gt; &amp; "b"</td>');
    expect(dom).toMatch(/<tr class="lie"><td class="number">2<\/td>.*<td class="number">0\.25<\/td>.*<td>RESOURCE:CPU<\/td><\/tr>/);
    expect(dom.match(/<path class="line (exact|sums|idle)" d="M[^"]*H/g)).toHaveLength(6);
  }, 90_000);
});
