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
  plimsoll: 'this package (valibot 1.5.0)',
  valibot: 'valibot 1.5.0',
  'zod-mini': 'zod/mini 4.6.7',
  zod: 'zod 4.6.7',
  powertools: 'Powertools parser 2.35.0 (zod)',
  ajv: 'ajv 8.20.0, compiled at start',
  'ajv-standalone': 'ajv 8.20.0, compiled ahead',
  'hand-written': 'hand-written guards',
};

/** Bundles every candidate into a folder the way a Lambda function is bundled; answers name to file and bytes. */
export async function bundleAll(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bare.cjs'), '');
  const bundles = {};
  for (const name of Object.keys(CANDIDATES)) {
    const file = join(folder, `${name}.cjs`);
    await build({
      ...(name === 'ajv-standalone' ? { stdin: standalone() } : { entryPoints: [join(here, 'candidates', `${name}.mjs`)] }),
      outfile: file,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      mainFields: ['module', 'main'],
      legalComments: 'none',
      logLevel: 'warning',
    });
    bundles[name] = { file, bytes: statSync(file).size, gzipBytes: gzipSync(readFileSync(file)).length };
  }
  return bundles;
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
