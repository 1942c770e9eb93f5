// A plugin of typedoc: pages beside the API, in the sections that projenrc/docs.ts gives them.
//
// A page is named by its first heading and lies under the path it has in the repository. A link to a file that is no page
// of the site leads to the repository; one to a picture takes the picture along.
import { cpSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, matchesGlob, relative } from 'node:path';
import { Application, Converter, DefaultTheme, KindRouter, PageEvent, ParameterType, ReflectionKind, RendererEvent } from 'typedoc';

const PICTURES = new Set(['.svg', '.png']);
/** How much more a page counts in the search than a name of the API: there are hundreds of the latter, and words of prose are parts of many. */
const PAGE_RELEVANCE = 8;

const DIAGRAMS = createRequire(import.meta.url).resolve('@mermaid-js/tiny');

/** A path below the working directory, the way links and globs write it. */
function inRepository(absolute) {
  return relative(process.cwd(), absolute).replaceAll('\\', '/');
}

/** Where a page lies in the site, without `.html`: "docs/how-to/run.md" under "how-to/run". */
export function pagePath(file) {
  const path = file
    .replace(/\.md$/, '')
    .replace(/^docs\//, '')
    .replace(/^(packages\/[^/]+)\/docs\//, '$1/');
  return path === path.toUpperCase() ? path.toLowerCase() : path.replace(/^(apps\/[^/]+)\/README$/, '$1').replace(/README$/, 'index');
}

/** The text of the first heading, without its marks. */
function firstHeading(document) {
  const text = document.content.map((part) => part.text).join('');
  return /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '');
}

/** The section whose globs hold a file, and the file's place in it. */
function placeOf(sections, file) {
  for (const { title, pages } of sections) {
    const order = pages.findIndex((glob) => matchesGlob(file, glob));
    if (order >= 0) return { title, order };
  }
  return undefined;
}

/** Every list of text and links that is rendered: pages, the comments of the API, READMEs. */
function renderedParts(project) {
  const all = [project.readme ?? []];
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.isDocument()) all.push(reflection.content);
    else if (reflection.readme) all.push(reflection.readme);
    const { comment } = reflection;
    if (comment) all.push(comment.summary, ...comment.blockTags.map((tag) => tag.content));
  }
  return all;
}

/** A link as text: to the repository where it leads to a file that is neither page nor picture, else undefined. */
function repositoryLink({ target, targetAnchor }, { project, repository }) {
  const file = project.files.resolve(target, project);
  if (typeof file !== 'string' || PICTURES.has(extname(file))) return undefined;
  const address = statSync(file).isDirectory() ? repository.replace('/blob/', '/tree/') : repository;
  return `${address}/${inRepository(file)}${targetAnchor === undefined ? '' : `#${targetAnchor}`}`;
}

/** Replaces links to files that are neither pages nor pictures by links to the repository. */
function linkToRepository(project, { repository, logger }) {
  for (const parts of renderedParts(project)) {
    for (const [index, part] of parts.entries()) {
      if (part.kind !== 'relative-link') continue;
      if (part.target === undefined) logger.error(`a link leads to ${part.text}, which is not there`);
      const text = part.target === undefined ? undefined : repositoryLink(part, { project, repository });
      if (text !== undefined) parts[index] = { kind: 'text', text };
    }
  }
}

export function load(app) {
  app.options.addDeclaration({ name: 'siteSections', help: 'Headings of the navigation', type: ParameterType.Mixed, defaultValue: [] });
  app.options.addDeclaration({ name: 'siteRepository', help: 'Address of files that are no pages', type: ParameterType.String });
  const places = new Map();
  // "README.md" is no host in Moldova.
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('markdownItLoader', (parser) => parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false }));
  });

  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const file = inRepository(document.project.files.getReflectionPath(document));
    const place = placeOf(app.options.getValue('siteSections'), file);
    if (place === undefined) app.logger.error(`${file} is in no section of projenrc/docs.ts: name it there`);
    const title = firstHeading(document);
    if (title === undefined) app.logger.error(`${file} has no heading to be named by: begin it with "# "`);
    document.name = title ?? file;
    document.relevanceBoost = PAGE_RELEVANCE;
    document.frontmatter.group = place?.title ?? 'None';
    places.set(document, { file, ...place });
  });
  app.on(Application.EVENT_PROJECT_REVIVE, (project) => {
    linkToRepository(project, { repository: app.options.getValue('siteRepository'), logger: app.logger });
  });

  class SiteRouter extends KindRouter {
    getIdealBaseName(reflection) {
      if (reflection.kind === ReflectionKind.Document) return pagePath(places.get(reflection).file);
      return `api/${super.getIdealBaseName(reflection)}`;
    }
  }
  app.renderer.defineRouter('plimsoll', SiteRouter);

  class SiteTheme extends DefaultTheme {
    buildNavigation(project) {
      const byPlace = (a, b) => a.order - b.order || (a.file < b.file ? -1 : 1);
      const sections = app.options.getValue('siteSections').map(({ title }) => {
        const pages = (project.documents ?? [])
          .map((document) => ({ document, ...places.get(document) }))
          .filter((page) => page.title === title)
          .sort(byPlace);
        const children = pages.map(({ document }) => ({
          text: document.name,
          path: this.router.getFullUrl(document),
          kind: ReflectionKind.Document,
        }));
        return { text: title, children };
      });
      const packages = super.buildNavigation(project).filter(({ kind }) => kind !== ReflectionKind.Document);
      return [...sections.filter(({ children }) => children.length > 0), { text: 'API', children: packages.flatMap(flatten) }];
    }
  }
  app.renderer.defineTheme('plimsoll', SiteTheme);

  // From a file, a folder has no first page.
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents.replaceAll(/ href="((?:\.\/)|(?:\.\.\/)+)(#[^"]*)?"/g, ' href="$1index.html$2"');
  });
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    cpSync(DIAGRAMS, join(outputDirectory, 'assets', 'mermaid.js'));
    cpSync(join(dirname(DIAGRAMS), '../LICENSE'), join(outputDirectory, 'assets', 'mermaid.LICENSE.txt'));
  });
}

/** What a heading of typedoc's own holds, or the element itself. */
function flatten(element) {
  return element.path === undefined ? (element.children ?? []) : [element];
}
