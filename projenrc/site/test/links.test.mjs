// Plants broken links in a small site and makes sure that each is found, and no sound one.
import { deepEqual } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkLinks } from '../links.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-links-'));
after(() => rmSync(folder, { recursive: true }));

const context = { repository: 'https://github.com/plimsoll/plimsoll', tracked: new Set(['LICENSE', 'packages', 'packages/cli']) };

/** Writes pages and returns what is found wrong with them. */
function problemsOf(pages) {
  rmSync(folder, { recursive: true });
  for (const [file, html] of Object.entries(pages)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), html);
  }
  return checkLinks(folder, context);
}

test('sound links are counted by where they lead', () => {
  const { counts, problems } = problemsOf({
    'index.html':
      '<a href="#top">1</a><p id="top"></p><a href="how-to/run.html#a%20b">2</a><img src="media/x.svg"><a href="how-to/index.html">3</a>',
    'how-to/run.html':
      '<b id="a b"></b><a href="../index.html">1</a><a href="https://github.com/plimsoll/plimsoll/blob/main/LICENSE#L1">2</a>' +
      '<a href="https://github.com/plimsoll/plimsoll/tree/main/packages/cli">3</a><a href="https://example.com/a?b=c#d">4</a>' +
      '<a href="http://localhost:8000">5</a>',
    'how-to/index.html': '',
    'media/x.svg': '<svg/>',
  });
  deepEqual(problems, []);
  deepEqual(counts, { pages: 3, internal: 5, repository: 2, external: 2 });
});

for (const [name, html, problem] of [
  ['a page that is not there', '<a href="gone.html">x</a>', 'gone.html leads to no file'],
  ['an anchor that is not there', '<a href="#gone">x</a>', '#gone leads to no element of that page'],
  ['an anchor that another page lacks', '<a href="other.html#gone">x</a>', 'other.html#gone leads to no element of that page'],
  ['a picture that is not there', '<img src="gone.svg">', 'gone.svg leads to no file'],
  ['a script that is not there', '<script src="gone.js"></script>', 'gone.js leads to no file'],
  ['a folder', '<a href="./">x</a>', './ leads to a folder, which has no first page where the site is read from files'],
  ['a way out of the site', '<a href="../../etc/passwd">x</a>', '../../etc/passwd leads out of the site'],
  ['an address with a space in its host', '<a href="https://exa mple.com">x</a>', 'https://exa mple.com is not a well-formed address'],
  ['an address without a scheme', '<a href="//example.com/x">x</a>', '//example.com/x is not a well-formed address'],
  ['plain http', '<a href="http://example.com">x</a>', 'http://example.com is not https'],
  [
    'a file that the repository lacks',
    '<a href="https://github.com/plimsoll/plimsoll/blob/main/gone.ts">x</a>',
    'https://github.com/plimsoll/plimsoll/blob/main/gone.ts names a file that is not in the repository',
  ],
  ['an id that is there twice', '<p id="a"></p><p id="a"></p>', 'two elements have the id a'],
]) {
  test(`${name} is found`, () => {
    deepEqual(problemsOf({ 'index.html': html, 'other.html': '' }).problems, [`index.html: ${problem}`]);
  });
}
