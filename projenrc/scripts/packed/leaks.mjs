// What no published file may say.
import { homedir } from 'node:os';
import { listFiles, readPacked } from './files.mjs';

/** Secrets by their form. AWS's own example keys end in EXAMPLE. */
const SECRETS = [
  ['an AWS access key', /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b|_authToken=\S/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})\b/],
  ['an account other than the synthetic one', /arn:aws[\w-]*:[\w-]*:[\w-]*:(?!111122223333|123456789012)\d{12}:/],
];

/** Folders of the machine it was packed on. A home folder as short as `/root` is an ordinary word. */
function machinePaths(repository) {
  return [repository, ...(homedir().split('/').length > 2 ? [homedir()] : [])];
}

function leaksOf(text, { repository, upstream }) {
  const found = SECRETS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  if (machinePaths(repository).some((path) => text.includes(path))) found.push('a path of this machine');
  if (upstream !== undefined && text.includes(new URL(upstream).host)) found.push('a registry');
  return found;
}

/** `upstream` is the registry that the machine installs from, where it is known. */
export function leakChecks({ tarball, repository, upstream }) {
  return [
    [
      'leaks no secret, no path of this machine and no registry',
      () =>
        listFiles(tarball).flatMap((path) =>
          leaksOf(readPacked(tarball, path), { repository, upstream }).map((leak) => `${path} holds ${leak}`),
        ),
    ],
  ];
}
