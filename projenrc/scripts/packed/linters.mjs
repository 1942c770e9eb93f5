// Tools that know what goes wrong with published packages.
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

export function linterChecks(packed) {
  return [
    ['publint finds nothing', () => checkWithPublint(packed)],
    ['are the types wrong? no', () => checkWithTypesWrong(packed)],
  ];
}

async function checkWithPublint({ tarball }) {
  const content = readFileSync(tarball);
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  return messages.map((message) => `${message.code}: ${formatMessage(message, pkg, { color: false })}`);
}

async function checkWithTypesWrong({ tarball }) {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  if (result.types === false) return ['has no types'];
  const problems = result.problems.filter((problem) => !isSubpathUnderNode10(problem) && !isBundle(problem));
  return problems.map((problem) => JSON.stringify(problem));
}

/** That algorithm knows no subpath exports. Types are found by `typesVersions`, and every Node that runs this package honours `exports`. */
function isSubpathUnderNode10({ kind, entrypoint, resolutionKind }) {
  return kind === 'NoResolution' && resolutionKind === 'node10' && entrypoint !== '.';
}

/** A function's bundle is uploaded, not imported: whoever wants its types imports `./handler`. */
function isBundle({ kind, entrypoint }) {
  return kind === 'UntypedResolution' && entrypoint === './bundle';
}
