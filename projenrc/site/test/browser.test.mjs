// Looks at the built site in headless Chromium: light and dark, wide and narrow, over HTTP and from files, with no network.
//
// PLIMSOLL_SCREENSHOTS names a folder that a picture of each page is written to.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browserInstalled, CHROMIUM, QUIET_FLAGS } from '@plimsoll/test-support';
import puppeteer from 'puppeteer-core';
import { serveFolder } from './serve-folder.mjs';

const SITE = resolve(JSON.parse(readFileSync('typedoc.json', 'utf8')).out);
const SCREENSHOTS = process.env.PLIMSOLL_SCREENSHOTS;

/** Milliseconds that anything may take on a busy machine. */
const PATIENCE = 180_000;

const PAGES = ['index.html', 'start.html', 'task-runner.html', 'api/classes/_plimsoll_constructs.TaskRun.html'];
const WIDTHS = [1280, 390];
const THEMES = ['light', 'dark'];

// Recorded data stands for the machine of CI, where nothing may be skipped.
const skip = browserInstalled || process.env.PLIMSOLL_SAMPLES ? false : `no browser at ${CHROMIUM}`;

describe('the site in a browser', { skip }, () => {
  const profile = mkdtempSync(join(tmpdir(), 'plimsoll-site-'));
  let browser;
  let server;

  before(async () => {
    server = await serveFolder(SITE);
    browser = await puppeteer.launch({
      executablePath: CHROMIUM,
      userDataDir: profile,
      timeout: PATIENCE,
      protocolTimeout: PATIENCE,
      args: [...QUIET_FLAGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A tab of a reader with this screen; `problems` gets what the browser complains of on any page that is opened in it. */
  async function newTab({ width = 1280, theme = 'light' } = {}) {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    const problems = [];
    page.on('pageerror', (error) => problems.push(`error: ${error}`));
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type()) && !isIcon(message.text())) problems.push(`console: ${message.text()}`);
    });
    page.on('requestfailed', (request) => {
      if (!isIcon(request.url())) problems.push(`failed: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(file|data|blob):/.test(request.url())) problems.push(`leaves: ${request.url()}`);
    });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 900 });
    return { page, problems };
  }

  /** Opens a page and waits for its navigation, which a script of its own writes. */
  async function open(page, url) {
    await page.goto(url);
    await page.waitForFunction(() => document.querySelectorAll('#tsd-nav-container a').length > 0);
  }

  /** Asks the site's own search, as a reader types it, and returns where the answers lead. */
  async function search(page, words) {
    await page.click('#tsd-search-trigger');
    await page.waitForSelector('#tsd-search-input', { visible: true });
    await page.type('#tsd-search-input', words);
    await page.waitForSelector('#tsd-search-results li a');
    return page.$$eval('#tsd-search-results li a', (links) => links.map((link) => decodeURI(link.href)));
  }

  /** What a page is like once everything on it has been drawn. */
  async function look(page, path) {
    await open(page, `${server.url}${path}`);
    if (path === 'task-runner.html') await page.waitForSelector('.diagram svg');
    if (SCREENSHOTS) {
      const { width } = page.viewport();
      const theme = await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
      await page.screenshot({ path: join(SCREENSHOTS, `${path.replaceAll('/', '-')}-${theme}-${width}.png`) });
    }
    return page.evaluate(() => ({
      pixelsWide: document.documentElement.scrollWidth,
      background: getComputedStyle(document.body).backgroundColor,
    }));
  }

  for (const [theme, width] of THEMES.flatMap((theme) => WIDTHS.map((width) => [theme, width]))) {
    test(`is readable in ${theme} colours, ${width} px wide`, async () => {
      const { page, problems } = await newTab({ width, theme });
      for (const path of PAGES) {
        const { pixelsWide, background } = await look(page, path);
        ok(pixelsWide <= width, `${path} is ${pixelsWide} px wide`);
        const [red] = background.match(/\d+/g).map(Number);
        equal(red < 128 ? 'dark' : 'light', theme, `${path} has the background ${background}`);
        deepEqual(problems, [], path);
      }
      await page.close();
    });
  }

  for (const from of ['HTTP', 'files']) {
    test(`finds guides and classes offline, from ${from}`, async () => {
      const start = from === 'HTTP' ? server.url : pathToFileURL(join(SITE, 'index.html')).href;
      const { page, problems } = await newTab();
      await open(page, start);
      const guides = await search(page, 'migration');
      match(guides[0], /\/how-to\/run-migrations\.html$/);
      await open(page, start);
      const [first] = await search(page, 'TaskRun');
      match(first, /\/api\/classes\/_plimsoll_constructs\.TaskRun\.html$/);
      await open(page, first);
      equal(await page.$eval('h1', (heading) => heading.textContent.trim()), 'Class TaskRun');
      deepEqual(problems, []);
      await page.close();
    });
  }

  test('leads from every section of its navigation to pages that are there', async () => {
    const { page, problems } = await newTab();
    await open(page, server.url);
    const sections = await page.$$eval('#tsd-nav-container > li', (items) =>
      items.map((item) => ({
        title: item.querySelector('summary, span')?.textContent.trim(),
        links: [...item.querySelectorAll('a')].map((link) => link.href),
      })),
    );
    ok(sections.length >= 8, JSON.stringify(sections));
    for (const { title, links } of sections) {
      ok(links.length > 0, `${title} is empty`);
      for (const link of links) equal((await fetch(link)).status, 200, link);
    }
    deepEqual(problems, []);
    await page.close();
  });
});

/** Browsers refuse a picture's part from a file; typedoc then puts its icons into the page itself. */
function isIcon(text) {
  return text.includes('file:///') && text.includes('/assets/icons.svg#');
}
