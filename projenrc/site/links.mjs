// Finds the links of the built site that lead nowhere.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'parse5';

/** Attributes that lead somewhere, by element. */
const LINKS = { a: 'href', img: 'src', image: 'href', link: 'href', script: 'src', source: 'src', iframe: 'src', video: 'src' };

/** Plain http is for addresses of the reader's own machine. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Every attribute of a page, with the element it is on. */
function* attributesOf(html) {
  const open = [parse(html)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { name, value } of node.attrs ?? []) yield { element: node.tagName, name, value };
    open.push(...(node.childNodes ?? []), ...(node.content ? [node.content] : []));
  }
}

/** What leads out of a page, what in it can be led to, and which of the latter are there twice. */
function readPage(html) {
  const page = { targets: [], anchors: new Set(), twice: [] };
  for (const { element, name, value } of attributesOf(html)) {
    if (name === 'id' && page.anchors.has(value)) page.twice.push(value);
    if (name === 'id') page.anchors.add(value);
    if (LINKS[element] === name) page.targets.push(value);
  }
  return page;
}

/** Why an address outside the site is none, or undefined. */
function problemOfAddress(target, { repository, tracked }) {
  if (!URL.canParse(target)) return 'is not a well-formed address';
  const { protocol, hostname } = new URL(target);
  if (protocol === 'data:' || protocol === 'mailto:') return undefined;
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname))) return 'is not https';
  const file = new RegExp(`^${RegExp.escape(repository)}/(?:blob|tree)/main/([^#]+)`).exec(target)?.[1];
  if (file !== undefined && !tracked.has(decodeURI(file))) return 'names a file that is not in the repository';
  return undefined;
}

/** Why a link within the site leads nowhere, or undefined. */
function problemOfPath(target, { page, folder, anchorsOf }) {
  const [path, anchor] = target.split('#');
  const file = path === '' ? page : resolve(dirname(page), decodeURI(path));
  if (relative(folder, file).startsWith('..')) return 'leads out of the site';
  if (!existsSync(file)) return 'leads to no file';
  if (statSync(file).isDirectory()) return 'leads to a folder, which has no first page where the site is read from files';
  if (anchor && file.endsWith('.html') && !anchorsOf(file).has(decodeURIComponent(anchor))) return 'leads to no element of that page';
  return undefined;
}

/** Where a link leads: within the site, to the repository's files, or elsewhere. */
function kindOf(target, repository) {
  if (!/^[a-z][a-z+.-]*:|^\/\//i.test(target)) return 'internal';
  return target.startsWith(repository) ? 'repository' : 'external';
}

/**
 * Checks every page below a folder.
 *
 * A link within the site must lead to a file of it, and its anchor to an element there. A link to the repository must name a
 * file that git knows. Others must be well-formed addresses with https; nothing is fetched.
 *
 * @param {string} folder - of the built site
 * @param {{ repository: string, tracked: ReadonlySet<string> }} context - address of the repository, and what is in it
 */
export function checkLinks(folder, { repository, tracked }) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html'));
  const pages = new Map(files.map((file) => [join(folder, file), readPage(readFileSync(join(folder, file), 'utf8'))]));
  const anchorsOf = (file) => pages.get(file)?.anchors ?? new Set();
  const counts = { pages: pages.size, internal: 0, repository: 0, external: 0 };
  const problems = new Set();
  for (const [page, { targets, twice }] of pages) {
    const name = relative(folder, page);
    for (const id of twice) problems.add(`${name}: two elements have the id ${id}`);
    for (const target of targets) {
      const kind = kindOf(target, repository);
      counts[kind] += 1;
      const found =
        kind === 'internal' ? problemOfPath(target, { page, folder, anchorsOf }) : problemOfAddress(target, { repository, tracked });
      if (found !== undefined) problems.add(`${name}: ${target} ${found}`);
    }
  }
  return { counts, problems: [...problems] };
}
