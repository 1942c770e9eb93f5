// Every subpath, imported at run time from CommonJS and from an ES module.
import { execFileSync } from 'node:child_process';
import { subpathsOf } from './files.mjs';
import { plainEnvironment } from './install.mjs';

const LOADERS = {
  CommonJS: { flags: ['--input-type=commonjs'], load: (specifier) => `const loaded = require(${specifier});` },
  'an ES module': {
    flags: ['--input-type=module'],
    load: (specifier, isJson) => `const loaded = await import(${specifier}${isJson ? ", { with: { type: 'json' } }" : ''});`,
  },
};

/** The specifier of a subpath: `./a` of `p` is `p/a`. */
export function specifierOf(name, subpath) {
  return subpath === '.' ? name : `${name}${subpath.slice(1)}`;
}

/** Names the module exports to either kind of module, as found by loading it. */
export function exportedNames({ manifest, home }, subpath, kind) {
  const names = load({ manifest, home }, subpath, kind, 'Object.keys(loaded)');
  return names.filter((name) => !['default', 'module.exports', '__esModule'].includes(name)).sort();
}

/** What the functions ask of their environment as they are loaded. */
const FUNCTION_ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'imported',
  PLIMSOLL_TASK_SIZES: '[{"name":"web","cpuUnits":250,"memoryMiB":400}]',
};

/** Output of what was loaded before: every consumer asks for the same names. */
const loadedBefore = new Map();

function load({ manifest, home }, subpath, kind, expression) {
  const { flags, load } = LOADERS[kind];
  const source = `${load(JSON.stringify(specifierOf(manifest.name, subpath)), subpath.endsWith('.json'))}\nconsole.log(JSON.stringify(${expression}));`;
  const options = { cwd: home, env: { ...plainEnvironment(), ...FUNCTION_ENVIRONMENT }, encoding: 'utf8', stdio: 'pipe' };
  const key = `${kind} ${source}`;
  if (!loadedBefore.has(key)) loadedBefore.set(key, execFileSync(process.execPath, ['--no-warnings', ...flags, '--eval', source], options));
  return JSON.parse(loadedBefore.get(key));
}

export function importChecks(packed) {
  const { manifest } = packed;
  const checks = subpathsOf(packed).flatMap((subpath) =>
    Object.keys(LOADERS).map((kind) => [
      `${specifierOf(manifest.name, subpath)} from ${kind}`,
      () => (subpath.endsWith('.json') ? checkJson(packed, subpath, kind) : checkNames(packed, subpath, kind)),
    ]),
  );
  return [
    ...checks,
    ...Object.keys(LOADERS).map((kind) => [`what is not exported cannot be imported from ${kind}`, () => checkRefused(packed, kind)]),
  ];
}

function checkNames(packed, subpath, kind) {
  const names = exportedNames(packed, subpath, kind);
  const other = exportedNames(packed, subpath, 'CommonJS');
  if (names.length === 0) return ['exports nothing'];
  return names.join() === other.join() ? [] : [`exports ${names.join(', ')} but to CommonJS ${other.join(', ')}`];
}

function checkJson(packed, subpath, kind) {
  const content = load(packed, subpath, kind, "loaded.default && Object.keys(loaded).includes('default') ? loaded.default : loaded");
  if (subpath === './package.json') return content.version === packed.manifest.version ? [] : [`version ${content.version}`];
  return typeof content.$schema === 'string' && typeof content.$id === 'string' ? [] : ['has no $schema or no $id'];
}

function checkRefused(packed, kind) {
  try {
    exportedNames(packed, './lib/index.js', kind);
  } catch (error) {
    return String(error.stderr).includes('ERR_PACKAGE_PATH_NOT_EXPORTED') ? [] : [String(error.stderr)];
  }
  return ['lib/index.js was imported'];
}
