// Checks the licences of everything that is installed with our packages and apps, or bundled into the functions.
//
//   node projenrc/scripts/check-licences.mjs [lock file]
//
// Reads package-lock.json unless told otherwise: what it does not mark as a development dependency. Exits 1 on a licence that is not
// on the list, and on a package without one.
import { readFileSync } from 'node:fs';

/** SPDX names of licences that ask for no more than to be named with the code. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0']);

/** Whether an SPDX expression can be met by allowed licences alone: one of its alternatives, and all of what that joins. */
function isAllowed(expression) {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  // Nested brackets are rare enough to be looked at by a person.
  if (/[()]/.test(bare)) return false;
  return bare.split(/ OR /).some((alternative) => alternative.split(/ AND /).every((licence) => ALLOWED.has(licence.trim())));
}

const { packages } = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));
const installed = Object.entries(packages).filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link);
const findings = installed.flatMap(([path, { license, version }]) => {
  const name = `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)} ${version}`;
  if (typeof license !== 'string' || license === '') return [`${name} names no licence`];
  return isAllowed(license) ? [] : [`${name} is under ${license}, which is not on the list`];
});
for (const finding of findings) console.error(finding);
console.log(`${installed.length} packages, ${findings.length} findings`);
process.exitCode = findings.length > 0 || installed.length === 0 ? 1 : 0;
