import { JsonFile } from 'projen';
import type { Monorepo } from './monorepo.ts';

/** Writes `biome.jsonc`: one style, and the rules of DESIGN on who may import what. */
export function addBiome(root: Monorepo): void {
  new JsonFile(root, 'biome.jsonc', {
    obj: () => ({
      vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
      files: {
        includes: [
          '**',
          '!**/.projen',
          '!**/package.json',
          '!**/tsconfig*.json',
          '!**/typedoc*.json',
          '!**/jest.config.json',
          '!**/nx.json',
          '!**/stryker.config.json',
          // A whole template, written by its test.
          '!apps/*/test/fixtures/*.json',
          '!**/biome.jsonc',
        ],
      },
      formatter: { indentStyle: 'space', lineWidth: 140 },
      javascript: { formatter: { quoteStyle: 'single' } },
      assist: { actions: { source: { organizeImports: 'on' } } },
      plugins: ['./projenrc/lint/no-default-error.grit'],
      linter: {
        rules: {
          preset: 'recommended',
          complexity: {
            noExcessiveCognitiveComplexity: { level: 'error', options: { maxAllowedComplexity: 15 } },
          },
          correctness: {
            noUndeclaredDependencies: {
              level: 'error',
              options: { devDependencies: ['**/test/**', '**/benchmarks/**', '**/test-support/**'] },
            },
            noUnusedImports: 'error',
            noUnusedVariables: 'error',
          },
          style: {
            noExcessiveLinesPerFile: { level: 'error', options: { maxLines: 500 } },
            noDefaultExport: 'error',
            noNonNullAssertion: 'error',
            useImportType: 'error',
            useNodejsImportProtocol: 'error',
          },
          suspicious: { noImportCycles: 'error', noExplicitAny: 'error', noConsole: 'error' },
          nursery: { noFloatingPromises: 'error', noMisusedPromises: 'error' },
        },
      },
      overrides: overrides(root),
    }),
  });
}

/** Globals that read or change something outside a function, and why a pure package goes without. */
const IMPURE_GLOBALS = Object.fromEntries(
  ['console', 'crypto', 'fetch', 'performance', 'process', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'].map((name) => [
    name,
    'A pure package takes plain data and returns plain data.',
  ]),
);

/** What lint holds each package to beyond the common rules. */
function overrides(root: Monorepo): object[] {
  const pureSources = root.libraries.filter((library) => library.pure).map((library) => `packages/${library.name}/src/**`);
  return [
    {
      includes: pureSources,
      plugins: ['./projenrc/lint/no-clock-or-randomness.grit'],
      linter: {
        rules: {
          style: {
            noRestrictedGlobals: { level: 'error', options: { deniedGlobals: IMPURE_GLOBALS } },
            noRestrictedImports: {
              level: 'error',
              options: { patterns: [{ group: ['**', '!./**', '!../**'], message: 'A pure package imports nothing from outside itself.' }] },
            },
          },
          correctness: { noNodejsModules: 'error' },
        },
      },
    },
    // Written by projen in a form of its own.
    { includes: ['biome.jsonc'], formatter: { enabled: false } },
    {
      // Run by the root's development dependencies.
      includes: ['.projenrc.ts', 'projenrc/**', '!projenrc/test-support/**'],
      linter: { rules: { correctness: { noUndeclaredDependencies: 'off' } } },
    },
    {
      includes: ['**/benchmarks/**', 'apps/**', 'packages/cli/**', 'projenrc/scripts/**'],
      linter: { rules: { suspicious: { noConsole: 'off' } } },
    },
  ];
}
