// A small consumer, compiled with the repository's TypeScript the ways a consumer may.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exportedNames, specifierOf } from './imports.mjs';
import { plainEnvironment } from './install.mjs';

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Without the DOM's types, and with declarations checked unless those of others are faulty: the package must bring all it names. */
const COMMON = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: 'ES2022', lib: ['ES2023'] };

/** Module resolutions, each with the extensions of the consumers compiled under it. */
const MODES = [
  { name: 'node16', options: { module: 'node16', moduleResolution: 'node16' }, extensions: ['cts', 'mts'] },
  { name: 'node16 with module node20', options: { module: 'node20', moduleResolution: 'node16' }, extensions: ['cts', 'mts'] },
  { name: 'nodenext', options: { module: 'nodenext', moduleResolution: 'nodenext' }, extensions: ['cts', 'mts'] },
  { name: 'bundler', options: { module: 'esnext', moduleResolution: 'bundler' }, extensions: ['ts'] },
  // Knows nothing of subpath exports: finds the types by `typesVersions`.
  {
    name: 'node10',
    options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    extensions: ['ts'],
  },
];

export function typeChecks(packed) {
  const typed = Object.entries(packed.manifest.exports).flatMap(([subpath, target]) => (target.types === undefined ? [] : [subpath]));
  const entries = `${typed.length} ${typed.length === 1 ? 'entry' : 'entries'}`;
  return [
    ...MODES.map((mode) => [
      `types under ${mode.name}, ${mode.extensions.map((extension) => `.${extension}`).join(' and ')} consumer of ${entries}`,
      () =>
        compile(packed, mode, Object.fromEntries(mode.extensions.map((extension) => [`consumer.${extension}`, consumer(packed, typed)]))),
    ]),
    [
      'a consumer that asks for what does not exist is refused',
      () => {
        const source = `export { nothing } from '${packed.manifest.name}';\n`;
        return compile(packed, MODES[0], { 'wrong.mts': source }).length > 0 ? [] : ['it compiled'];
      },
    ],
  ];
}

/** Imports every subpath and states the values it exports: exactly those that it exports at run time, none of them `any`. */
function consumer(packed, subpaths) {
  const parts = subpaths.map((subpath, index) => {
    const names = exportedNames(packed, subpath, 'CommonJS').map((name) => `${name}: false`);
    return [
      `import * as module${index} from '${specifierOf(packed.manifest.name, subpath)}';`,
      `export const exported${index}: AnyOf<typeof module${index}> = { ${names.join(', ')} };`,
    ].join('\n');
  });
  const anyOf = "type AnyOf<M> = { readonly [K in Exclude<keyof M, 'default' | 'module.exports'>]: 0 extends 1 & M[K] ? true : false };";
  return `${[anyOf, ...parts].join('\n')}\n`;
}

/** What the compiler says of some files, by name. */
function compile({ home, repository, needsNodeTypes, skipLibCheck = false }, { options }, sources) {
  const ambient = needsNodeTypes ? { types: ['node'], typeRoots: [join(repository, 'node_modules/@types')] } : { types: [] };
  for (const [file, source] of Object.entries(sources)) writeFileSync(join(home, file), source);
  const compilerOptions = { ...COMMON, skipLibCheck, ...ambient, ...options };
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(sources) }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSC, '--project', 'tsconfig.json', '--pretty', 'false'], {
    cwd: home,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n').slice(0, 10);
}
