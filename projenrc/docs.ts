import { relative } from 'node:path';
import { JsonFile } from 'projen';
import type { Monorepo } from './monorepo.ts';

/** Folder of the built site, which git ignores. */
export const SITE = 'docs/site';

/** A heading of the site's navigation, and the pages below it as globs: first the first glob's, each by name. */
interface Section {
  readonly title: string;
  readonly pages: readonly string[];
}

/**
 * The site's navigation. Every page is in exactly one section, and the build fails on one that is in none.
 *
 * A page's title is its first heading.
 */
const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['docs/start.md', 'docs/concepts.md'] },
  {
    title: 'How to',
    pages: [
      'docs/how-to/scale-an-existing-cluster.md',
      'docs/how-to/run-migrations.md',
      'docs/how-to/write-a-custom-resource.md',
      'docs/how-to/simulate-before-you-change.md',
      'docs/deploying.md',
      'docs/how-to/move-from-the-book.md',
      'docs/how-to/move-from-a-capacity-provider.md',
      'docs/how-to/*.md',
      'docs/runbook.md',
    ],
  },
  { title: 'Reference', pages: ['docs/reference/*.md', 'packages/*/docs/*.md', 'docs/capacity-function.md', 'docs/task-runner.md'] },
  { title: 'Explanation', pages: ['docs/explanation/*.md', 'docs/worked-examples.md', 'docs/defects-answered.md'] },
  {
    title: 'Benchmarks',
    pages: ['docs/benchmarks.md', 'docs/capacity-estimators.md', 'docs/policy-simulation.md', 'docs/custom-resource-helpers.md'],
  },
  { title: 'Applications', pages: ['apps/*/README.md'] },
  { title: 'Project', pages: ['ARCHITECTURE.md', 'CONTRIBUTING.md', '{SECURITY,CHANGELOG}.md', 'packages/*/CHANGELOG.md'] },
  { title: 'Decisions', pages: ['docs/adr/README.md', 'docs/adr/[0-9]*.md'] },
];

/** All that may be a page, in globs that always match something: typedoc warns of one that does not. */
const DOCUMENTS = [
  'docs/*.md',
  'docs/*/*.md',
  'apps/*/README.md',
  '{ARCHITECTURE,CONTRIBUTING,SECURITY,CHANGELOG}.md',
  'packages/*/{docs/*,CHANGELOG}.md',
];

/** What typedoc calls the languages of code blocks; a diagram is drawn in the browser. */
const LANGUAGES = ['bash', 'console', 'css', 'html', 'javascript', 'json', 'jsonc', 'python', 'typescript', 'yaml'];

/** Writes typedoc's configuration: guides and API reference as one site. */
export function addDocs(root: Monorepo): void {
  const repository = root.repository.replace(/\.git$/, '');
  new JsonFile(root, 'typedoc.base.json', {
    marker: false,
    obj: {
      includeVersion: false,
      excludePrivate: true,
      excludeInternal: true,
      // Named, since a clone need not have a remote that links could be made from.
      gitRevision: 'main',
      sourceLinkTemplate: `${repository}/blob/{gitRevision}/{path}#L{line}`,
    },
  });
  new JsonFile(root, 'typedoc.json', {
    marker: false,
    obj: () => ({
      name: 'Plimsoll',
      plugin: ['./projenrc/site/plugin.mjs'],
      theme: 'plimsoll',
      router: 'plimsoll',
      entryPointStrategy: 'packages',
      entryPoints: root.libraries.map((library) => relative(root.outdir, library.outdir)),
      readme: 'README.md',
      // Pages bring a heading of their own.
      headings: { readme: false, document: false },
      projectDocuments: DOCUMENTS,
      siteSections: SECTIONS,
      siteRepository: `${repository}/blob/main`,
      out: SITE,
      includeVersion: false,
      searchInDocuments: true,
      highlightLanguages: LANGUAGES,
      ignoredHighlightLanguages: ['mermaid'],
      favicon: 'projenrc/site/favicon.svg',
      customCss: 'projenrc/site/site.css',
      customJs: 'projenrc/site/site.js',
      hideGenerator: true,
      // The plugin looks itself: typedoc takes a link to a folder for a broken one.
      validation: { invalidPath: false },
      treatWarningsAsErrors: true,
    }),
  });
  // The second is where older clones have a site of the API alone.
  for (const built of [`/${SITE}/`, '/docs/api/']) root.gitignore.exclude(built);
  const site = root.addTask('docs:api', { description: `Build guides and API reference into ${SITE}, check every link and look at it` });
  site.exec('typedoc');
  site.exec('node projenrc/scripts/check-site.mjs');
  site.exec("node --test 'projenrc/site/test/*.test.mjs'");
  root.addTask('docs', {
    description: `Build the documentation site into ${SITE}, check every link and look at it in a browser`,
    exec: 'nx run plimsoll:docs:api --outputStyle=static',
  });
}
