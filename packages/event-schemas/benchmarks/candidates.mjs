import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const here = import.meta.dirname;
const schemaFile = join(here, '..', 'schemas', 'container-instance-state-change.schema.json');

/** What is compared: name to what stands behind it. */
export const CANDIDATES = {
  plimsoll: 'this package: guards of its own',
  valibot: 'valibot 1.5.0',
  'zod-mini': 'zod/mini 4.6.7',
  zod: 'zod 4.6.7',
  powertools: 'Powertools parser 2.35.0 (zod)',
  ajv: 'ajv 8.20.0, compiled at start',
  'ajv-standalone': 'ajv 8.20.0, compiled ahead',
};

/** What every candidate's bundle would be if it checked nothing: the least a size can be compared with. */
const UNCHECKED = 'exports.check = (event) => (event ? [] : [event]);';

const OPTIONS = { bundle: true, platform: 'node', target: 'node24', format: 'cjs', legalComments: 'none', logLevel: 'warning' };

/**
 * Bundles every candidate into a folder, each in two ways.
 *
 * `source`: as a Lambda function bundles its own source, leaving out what it does not use. `package`: as it bundles a
 * package that was compiled to CommonJS, as ours are; of what such a package requires, nothing can be left out.
 */
export async function bundleAll(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bare.cjs'), '');
  const { bytes: unchecked } = await minified(
    { stdin: { contents: UNCHECKED, resolveDir: here, loader: 'js' } },
    join(folder, 'unchecked.cjs'),
  );
  const bundles = {};
  for (const name of Object.keys(CANDIDATES)) {
    const source = name === 'ajv-standalone' ? { stdin: standalone() } : { entryPoints: [join(here, 'candidates', `${name}.mjs`)] };
    const compiled = await build({ ...OPTIONS, ...source, packages: 'external', write: false });
    const asPackage = { stdin: { contents: compiled.outputFiles[0].text, resolveDir: here, loader: 'js' } };
    bundles[name] = {
      source: await minified(source, join(folder, `${name}-source.cjs`)),
      package: await minified(asPackage, join(folder, `${name}-package.cjs`)),
    };
  }
  return { bundles, unchecked };
}

async function minified(input, outfile) {
  await build({ ...OPTIONS, ...input, outfile, minify: true, mainFields: ['module', 'main'] });
  return { file: outfile, bytes: statSync(outfile).size, gzipBytes: gzipSync(readFileSync(outfile)).length };
}

/** The code ajv generates from our JSON Schema, with the function around it that every candidate has. */
function standalone() {
  const ajv = new Ajv2020.default({ allErrors: true, code: { source: true } });
  const code = standaloneCode.default(ajv, ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8'))));
  const contents = `${code}
const validate = module.exports;
exports = module.exports = { check: (event) => (validate(event) ? [] : validate.errors.map((issue) => issue.instancePath)) };`;
  return { contents, resolveDir: here, loader: 'js' };
}
