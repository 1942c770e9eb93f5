// Looks at the built site in headless Chromium: light and dark, wide and narrow, over HTTP and from files, with no network.
//
// PLIMSOLL_SCREENSHOTS names a folder that a picture of each page is written to.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
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

const DIAGRAM = 'task-runner.html';
const PAGES = ['index.html', 'start.html', DIAGRAM, 'api/classes/_plimsoll_constructs.TaskRun.html'];
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

  /**
   * A tab of a reader with this screen; `problems` gets what the browser complains of on any page that is opened in it,
   * and `broken` is aborted by an error in a script of such a page.
   */
  async function newTab({ width = 1280, theme = 'light' } = {}) {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    const problems = [];
    const broken = new AbortController();
    page.on('pageerror', (error) => {
      problems.push(`error: ${error}`);
      broken.abort(error);
    });
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
    return { page, problems, broken: broken.signal };
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

  /** Labels of the diagrams of the page that do not fit into the room that was left for them. */
  function crampedLabels(page) {
    return page.$$eval('.diagram foreignObject', (labels) =>
      labels
        .filter((label) => Number(label.getAttribute('width')) < label.firstElementChild.scrollWidth - 1)
        .map((label) => label.textContent),
    );
  }

  /** What a page is like once everything on it has been drawn. */
  async function look({ page, broken }, path) {
    await open(page, `${server.url}${path}`);
    if (path === DIAGRAM) await page.waitForSelector('.diagram svg', { signal: broken });
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
      const tab = await newTab({ width, theme });
      for (const path of PAGES) {
        const { pixelsWide, background } = await look(tab, path);
        deepEqual(await crampedLabels(tab.page), [], path);
        ok(pixelsWide <= width, `${path} is ${pixelsWide} px wide`);
        const [red] = background.match(/\d+/g).map(Number);
        equal(red < 128 ? 'dark' : 'light', theme, `${path} has the background ${background}`);
        deepEqual(tab.problems, [], path);
      }
      await tab.page.close();
    });
  }

  test('keeps words in pictures large enough on a telephone, within the page', async () => {
    const { page, problems } = await newTab({ width: 390 });
    await open(page, `${server.url}concepts.html`);
    const widths = await page.$$eval('.tsd-typography img', (pictures) => pictures.map((picture) => picture.clientWidth));
    equal(widths.length, 2);
    for (const width of widths) ok(width >= 600, `${width} px`);
    ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    deepEqual(problems, []);
    await page.close();
  });

  test('draws a diagram once its page is shown, and anew when another theme is chosen', async () => {
    const { page, problems, broken } = await newTab();
    // The page is shown by its navigation, and after a while without it: let the first come late, and the second never.
    let showNavigation;
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (request.url().endsWith('/navigation.js')) showNavigation = () => request.continue();
      else request.continue();
    });
    await page.evaluateOnNewDocument(() => {
      const { setTimeout } = window;
      window.setTimeout = (then, ...rest) => (String(then).includes('showPage') ? 0 : setTimeout(then, ...rest));
    });
    await page.goto(`${server.url}${DIAGRAM}`, { waitUntil: 'domcontentloaded' });
    // Long enough for a drawing that does not wait.
    await page.waitForFunction(() => window.mermaid && performance.now() > 2000, { polling: 100, signal: broken });
    const hidden = await page.evaluate(() => ({
      shown: document.body.checkVisibility(),
      drawings: document.querySelectorAll('.diagram').length,
      texts: document.querySelectorAll('code.mermaid').length,
    }));
    deepEqual(hidden, { shown: false, drawings: 0, texts: 1 });

    showNavigation();
    await page.waitForSelector('.diagram svg', { signal: broken });
    deepEqual(await crampedLabels(page), []);

    const light = await page.$eval('.diagram style', (style) => style.textContent);
    await page.select('#tsd-theme', 'dark');
    await page.waitForFunction((before) => document.querySelector('.diagram style').textContent !== before, { signal: broken }, light);
    deepEqual(await crampedLabels(page), []);
    deepEqual(problems, []);
    await page.close();
  });

  test('leaves a diagram that cannot be drawn as text', async () => {
    const { page, problems, broken } = await newTab();
    await page.setRequestInterception(true);
    page.on('request', async (request) => {
      const unable = 'window.mermaid = { initialize() {}, render: async () => { throw new TypeError("no room"); } };';
      if (request.url().endsWith('/mermaid.js')) await request.respond({ contentType: 'text/javascript', body: unable });
      else await request.continue();
    });
    await open(page, `${server.url}${DIAGRAM}`);
    await page.waitForFunction(() => window.mermaid, { polling: 100 });
    if (!broken.aborted) await once(broken, 'abort', { signal: AbortSignal.timeout(PATIENCE) });
    deepEqual(problems, ['error: TypeError: no room']);
    match(await page.$eval('code.mermaid', (code) => code.textContent), /stateDiagram/);
    equal(await page.$$eval('.diagram', (drawings) => drawings.length), 0);
    await page.close();
  });

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
