// Builds a small site with the plugin of the real one: its navigation and links, and that faults in pages end the build.
import { deepEqual, equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { inflateSync } from 'node:zlib';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-plugin-'));
/** The site itself shows that the plugin works; that it finds faults is looked at more rarely. */
const skip = process.env.PLIMSOLL_TEST_LEVEL === 'full' ? false : 'needs PLIMSOLL_TEST_LEVEL=full';

after(() => rmSync(folder, { recursive: true }));

/** The least that a package is documented from. */
function sourcesOf(name) {
  return {
    [`packages/${name}/package.json`]: `{ "name": "${name}", "version": "0.0.0" }`,
    [`packages/${name}/tsconfig.json`]: '{ "compilerOptions": { "module": "node20", "types": [] }, "include": ["src"] }',
    [`packages/${name}/typedoc.json`]: '{ "entryPoints": ["src/index.ts"] }',
    [`packages/${name}/src/index.ts`]: `/** A number. */\nexport const ${name} = 1;\n`,
  };
}

const SOUND = {
  'README.md': '# Site\n\n[run](docs/how-to/run.md#fast) [code](packages/one/src/part.ts) [folder](packages)\n',
  'docs/how-to/run.md': '# Run `it`\n\n![picture](../picture.svg) [code](../../packages/one/src/part.ts#L1)\n\n## Fast\n',
  'docs/how-to/again.md': '# Again\n\n[the package](../../packages/one/README.md)\n',
  'docs/first.md': '# First\n',
  'docs/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
  'packages/one/README.md': '# One\n\n[first](../../docs/first.md) [site](../../README.md)\n',
  'packages/one/src/part.ts': 'export const part = 1;\n',
  ...sourcesOf('one'),
  ...sourcesOf('two'),
};

/** Builds a site of these files, and returns its status and all it said. */
function build(files) {
  rmSync(folder, { recursive: true });
  const real = JSON.parse(readFileSync('typedoc.json', 'utf8'));
  const options = {
    ...real,
    plugin: [resolve('projenrc/site/plugin.mjs')],
    ...Object.fromEntries(['favicon', 'customCss', 'customJs'].map((name) => [name, resolve(real[name])])),
    entryPoints: ['packages/one', 'packages/two'],
    projectDocuments: ['docs/*.md', 'docs/*/*.md'],
    siteSections: [
      { title: 'Start', pages: ['docs/first.md'] },
      { title: 'How to', pages: ['docs/how-to/*.md'] },
    ],
    siteRepository: 'https://example.com/site/blob/main',
  };
  for (const [file, text] of Object.entries({ ...files, 'typedoc.json': JSON.stringify(options) })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('node_modules/typedoc/bin/typedoc')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, page: (name) => readFileSync(join(folder, real.out, name), 'utf8') };
}

/** Where the links and pictures of a page's own text lead. */
function leadsTo(html) {
  const [text] = /<(div|section) class="tsd-panel[^"]* tsd-typography">.*?<\/\1>/s.exec(html);
  const targets = [...text.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].map(([, target]) => target);
  return targets.filter((target) => !target.includes('assets/icons.svg'));
}

test('pages lie where their files do, in their section, and link to each other, to the API and to the repository', { skip }, () => {
  const { status, output, page } = build(SOUND);
  equal(status, 0, output);
  const code = 'https://example.com/site/blob/main/packages/one/src/part.ts';
  deepEqual(leadsTo(page('index.html')), ['how-to/run.html#fast', code, 'https://example.com/site/tree/main/packages']);
  deepEqual(leadsTo(page('how-to/run.html')), ['../media/picture.svg', `${code}#L1`]);
  deepEqual(leadsTo(page('how-to/again.html')), ['../api/modules/one.html']);
  deepEqual(leadsTo(page('api/modules/one.html')), ['../../first.html', '../../index.html']);
  const packed = /"(.*)"/.exec(page('assets/navigation.js'))[1];
  const navigation = JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString());
  deepEqual(
    navigation.map(({ text, children }) => [text, ...children.map((child) => [child.text, child.path])]),
    [
      ['Start', ['First', 'first.html']],
      ['How to', ['Again', 'how-to/again.html'], ['Run it', 'how-to/run.html']],
      ['API', ['one', 'api/modules/one.html'], ['two', 'api/modules/two.html']],
    ],
  );
});

test('each fault in a page is named, and ends the build', { skip }, () => {
  const { status, output } = build({
    ...SOUND,
    'docs/orphan.md': '# Orphan\n',
    'docs/how-to/untitled.md': 'Nothing.\n',
    'docs/how-to/gone.md': '# Gone\n\n[x](../nowhere.md)\n',
  });
  equal(status === 0, false);
  match(output, /docs\/orphan\.md is in no section of projenrc\/docs\.ts/);
  match(output, /docs\/how-to\/untitled\.md has no heading/);
  match(output, /a link leads to \.\.\/nowhere\.md, which is not there/);
});
