// Copies the bundled functions of sibling packages into the package in the current folder.
//
//   node ../../projenrc/scripts/copy-bundles.mjs <package> ...
//
// packages/<package>/bundle becomes assets/<package>: the function and the licences of what went into it.
import { cpSync, rmSync } from 'node:fs';

rmSync('assets', { recursive: true, force: true });
for (const name of process.argv.slice(2)) cpSync(`../${name}/bundle`, `assets/${name}`, { recursive: true, errorOnExist: true });
