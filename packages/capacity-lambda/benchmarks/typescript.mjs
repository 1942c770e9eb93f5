// Lets the benchmarks import the tests' TypeScript: as ECMAScript modules, and this package's own from lib/, as compiled.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isRelative = specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts');
    if (!isRelative) return nextResolve(specifier, context);
    const url = new URL(specifier.replace(/\/src\//, '/lib/'), context.parentURL);
    return existsSync(fileURLToPath(url)) ? nextResolve(url.href, context) : nextResolve(url.href.replace(/\.js$/, '.ts'), context);
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', shortCircuit: true, source: stripTypeScriptTypes(readFileSync(new URL(url), 'utf8')) };
  },
});
