// Bundles the package in the current folder: src/handler.ts to bundle/index.js, and beside it the licences of what went in.
//
// A Lambda function compiles its whole bundle at every cold start, so what no invocation needs is left out. Each omission below
// says why no invocation needs it; the package's tests of its bundle would fail were one wrong.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const NODE_MODULES = join(import.meta.dirname, '../../node_modules');
const SCOPE = JSON.parse(readFileSync('package.json', 'utf8')).name.split('/')[0];

/** A module that exports functions and classes which refuse to be used. */
function absent(...names) {
  return names.map((name) => `export function ${name}() { throw new Error('${name} is left out of the bundle'); }`).join('\n');
}

/** Files under node_modules that are replaced: path to new contents. */
const REPLACED = new Map([
  // The clients are constructed with `credentials`, so the default chain (SSO, processes, instance metadata) is never asked.
  ['@aws-sdk/credential-provider-node/dist-es/index.js', absent('defaultProvider')],
  // A Lambda function has no shared configuration files: settings come from the environment, as before.
  [
    '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js',
    "export const CONFIG_PREFIX_SEPARATOR = '.';\nexport const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });",
  ],
  // Asked by `AWS_DEFAULTS_MODE=auto`, only where `retryMode` or `requestHandler` is left to it; the clients are given both.
  ['@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js', absent('getInstanceMetadataRegion')],
  // Loaded by operations that stream events; none that is called does. The two functions make part of a client's configuration.
  [
    '@smithy/core/dist-es/submodules/event-streams/index.js',
    `${absent('EventStreamSerde')}
export const resolveEventStreamSerdeConfig = (config) => config;
export const eventStreamSerdeProvider = () => undefined;`,
  ],
  // Constructed only with `retryMode: 'adaptive'`; the clients are constructed with 'standard'.
  ['@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js', absent('AdaptiveRetryStrategy')],
  // Stands in for a Node.js built without OpenSSL; Lambda's has it.
  ['@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js', absent('Sha256Js')],
  // Called only without `disableRequestCompression`; the client is constructed with it.
  ['@smithy/middleware-compression/dist-es/compressStream.js', absent('compressStream')],
  ['@smithy/middleware-compression/dist-es/compressString.js', absent('compressString')],
]);

/** Files under node_modules that are rewritten: pattern of the path, and how. */
const REWRITTEN = [
  // The SDK reads its own version out of its manifest, and nothing else.
  {
    path: /^@aws-sdk\/client-[^/]+\/package\.json$/,
    loader: 'json',
    rewrite: (text) => JSON.stringify({ version: JSON.parse(text).version }),
  },
  { path: /^@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/, loader: 'js', rewrite: leanSchemas },
];

/**
 * Lets esbuild drop the schemas of operations that are not called.
 *
 * Keys that are named by a constant are written out, since esbuild keeps an object with computed keys. Modelled errors are not
 * registered: the SDK then throws its base exception, with the name and message that the service gave, and it retries by name.
 */
function leanSchemas(text) {
  const constants = new Map([...text.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
  return text
    .replace(/\[(\w+)\]:/g, (key, name) => (constants.has(name) ? `${constants.get(name)}:` : key))
    .replace(/^n0_registry\.registerError\(.*\);$/gm, '');
}

/** Whether the package is installed, but has no such file any more. */
function isGone(path) {
  const installed = existsSync(join(NODE_MODULES, path.split('/').slice(0, 2).join('/')));
  return installed && !existsSync(join(NODE_MODULES, path));
}

const lean = {
  name: 'lean',
  setup(bundle) {
    bundle.onStart(() => ({
      errors: [...REPLACED.keys()].filter(isGone).map((path) => ({ text: `${path} is gone: revise what is left out` })),
    }));
    // Packages of this repository are bundled from source: their compiled form is CommonJS, out of which nothing can be dropped.
    bundle.onResolve({ filter: new RegExp(`^${SCOPE}/`) }, ({ path }) => {
      const [, name, subpath = 'index'] = path.split('/');
      return { path: join(dirname(process.cwd()), name, 'src', `${subpath}.ts`), sideEffects: false };
    });
    bundle.onLoad({ filter: /\/node_modules\// }, ({ path }) => {
      const inside = path.split('/node_modules/').at(-1);
      if (REPLACED.has(inside)) return { contents: REPLACED.get(inside), loader: 'js' };
      const rule = REWRITTEN.find((candidate) => candidate.path.test(inside));
      if (rule === undefined) return undefined;
      const text = readFileSync(path, 'utf8');
      const contents = rule.rewrite(text);
      return {
        contents,
        loader: rule.loader,
        errors: contents === text ? [{ text: `${inside} has another form: revise what is left out` }] : [],
      };
    });
  },
};

const { metafile } = await build({
  entryPoints: ['src/handler.ts'],
  outfile: 'bundle/index.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // Said in full, once, by the file below.
  legalComments: 'none',
  metafile: true,
  plugins: [lean],
});

writeFileSync('bundle/THIRD-PARTY-LICENSES.txt', thirdPartyLicences(Object.keys(metafile.inputs)));

/** Each licence text once, under the names of the packages of the files that it covers. */
function thirdPartyLicences(files) {
  const folders = new Set(files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const covered = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
    const text = file === undefined ? 'The packages carry no licence text.' : readFileSync(join(folder, file), 'utf8').trim();
    covered.set(text, [...(covered.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...covered].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
