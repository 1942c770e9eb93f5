/** @jest-environment ./test/helpers/browser-environment.cjs */
/// <reference lib="dom" />
import { join } from 'node:path';
import { browserInstalled } from '@plimsoll/test-support';
import type { Browser, Page } from 'puppeteer-core';
import { ApiClient } from '../src/specification/api-client.js';
import { startBrowser } from './helpers/browser.js';
import { type RunningService, run, serve } from './helpers/program.js';
import { temporaryFolder } from './helpers/temporary-folder.js';

(browserInstalled ? describe : describe.skip)('the page in a browser', () => {
  let service: RunningService;
  let api: ApiClient;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let requested: string[];

  beforeAll(async () => {
    const settings = { SQLITE_FILE: join(temporaryFolder(), 'todos.sqlite') };
    await run(['migrate'], settings);
    service = await serve(settings);
    api = new ApiClient(service.url);
    browser = await startBrowser();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  beforeEach(async () => {
    await api.clear();
    page = await browser.newPage();
    problems = [];
    requested = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => requested.push(request.url()));
  });

  afterEach(async () => {
    await page.close();
  });

  /** Opens the page and waits until it shows what the service has. */
  async function open(count: string): Promise<void> {
    await page.goto(`${service.url}/`);
    await counted(count);
  }

  async function counted(text: string): Promise<void> {
    await page.waitForFunction((wanted) => document.querySelector('#count')?.textContent === wanted, {}, text);
  }

  const titles = () => page.$$eval('#todos li', (items) => items.map((item) => item.textContent));

  test('adds, completes and deletes by keyboard alone, and the service has it', async () => {
    await open('Nothing to do.');
    await page.focus('#title');
    await page.keyboard.type('buy <b>milk</b> & "bread"');
    await page.keyboard.press('Enter');
    await counted('1 of 1 to do.');
    expect(await titles()).toEqual(['buy <b>milk</b> & "bread"Delete']);
    expect(await page.$eval('#title', (input) => [(input as HTMLInputElement).value, document.activeElement === input])).toEqual([
      '',
      true,
    ]);
    await page.focus('#todos input');
    await page.keyboard.press('Space');
    await counted('0 of 1 to do.');
    expect(await api.list()).toMatchObject([{ title: 'buy <b>milk</b> & "bread"', completed: true }]);
    // The list was drawn anew: the keyboard is still where it was.
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).checked)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Delete buy <b>milk</b> & "bread"');
    await page.keyboard.press('Enter');
    await counted('Nothing to do.');
    expect(await api.list()).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('asks before it deletes all', async () => {
    await api.create({ title: 'one' });
    await api.create({ title: 'two' });
    await open('2 of 2 to do.');
    const answers = [false, true];
    page.on('dialog', (dialog) => void (answers.shift() ? dialog.accept() : dialog.dismiss()));
    await page.click('#clear');
    expect(await api.list()).toHaveLength(2);
    await page.click('#clear');
    await counted('Nothing to do.');
    expect(await api.list()).toEqual([]);
  });

  test('says in the service’s own words why something did not work, and keeps what was typed', async () => {
    await open('Nothing to do.');
    await page.type('#title', '   ');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#message:not([hidden])');
    expect(await page.$eval('#message', (element) => [element.getAttribute('role'), element.textContent])).toEqual([
      'alert',
      'That did not work: title is blank: send at least one visible character',
    ]);
    expect(await page.$eval('#title', (input) => (input as HTMLInputElement).value)).toBe('   ');
  });

  test('needs nothing from anywhere else', async () => {
    await open('Nothing to do.');
    expect(requested.length).toBeGreaterThan(3);
    expect(requested.filter((url) => !url.startsWith(`${service.url}/`))).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'])(
    'can be read in %s: text contrasts with its ground by 4.5 to 1, and everything has a name',
    async (scheme) => {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await api.create({ title: 'open' });
      await api.create({ title: 'done', completed: true });
      await open('1 of 2 to do.');
      const lowest = await page.evaluate(() => {
        const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
        const luminance = (color: string) => {
          const [r = 0, g = 0, b = 0] = channels(color).map((value) =>
            value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const groundOf = (element: Element | null): string => {
          if (element === null) return 'rgb(255, 255, 255)';
          const ground = getComputedStyle(element).backgroundColor;
          return channels(ground)[3] === 0 ? groundOf(element.parentElement) : ground;
        };
        const ratios = [...document.querySelectorAll('h1, h2, label, #count, #todos span, button')].map((element) => {
          const [text = 0, ground = 0] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
          return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
        });
        return { lowest: Math.min(...ratios), count: ratios.length, ground: luminance(groundOf(document.body)) };
      });
      expect(lowest.count).toBeGreaterThan(8);
      expect(lowest.lowest).toBeGreaterThanOrEqual(4.5);
      expect(lowest.ground > 0.5).toBe(scheme === 'light');
      const tree = await page.accessibility.snapshot();
      const named = (node: { readonly role: string; readonly name?: string; readonly children?: readonly unknown[] }): string[] => [
        ...(['checkbox', 'button', 'textbox'].includes(node.role) ? [`${node.role}: ${node.name ?? ''}`] : []),
        ...((node.children ?? []) as (typeof node)[]).flatMap(named),
      ];
      expect(tree === null ? [] : named(tree)).toEqual([
        'textbox: What is to be done?',
        'button: Add',
        'checkbox: open',
        'button: Delete open',
        'checkbox: done',
        'button: Delete done',
        'button: Delete all',
      ]);
    },
  );
});
