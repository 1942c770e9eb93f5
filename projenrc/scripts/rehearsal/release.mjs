// The release as the workflow makes it, but to a registry on this machine.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestError } from '../release/manifest.mjs';
import { stageRelease } from '../release/stage.mjs';
import { trialsOfPlan } from './plan-trials.mjs';

const SCRIPTS = join(import.meta.dirname, '../release');

/** Packages that a run has published when it breaks off. */
const BROKEN_OFF = 3;

export class ReleaseRehearsal {
  version;
  names = new Set();
  packages = [];

  constructor(repository, folder) {
    this.repository = repository;
    this.folder = folder;
  }

  /** The version that a release would have now, and how commits change it. */
  planChecks() {
    const plan = `${this.folder}-plan.json`;
    return [
      [
        'the next version',
        () => {
          execFileSync(process.execPath, [join(SCRIPTS, 'plan.mjs'), '--out', plan], {
            cwd: this.repository,
            stdio: 'pipe',
            encoding: 'utf8',
          });
          const { version, previous, notes } = JSON.parse(readFileSync(plan, 'utf8'));
          // Where nothing is to be released now, what there is can be rehearsed all the same.
          this.version = version ?? `${previous}-rehearsal.0`;
          console.log(
            `       version ${this.version} after ${previous ?? 'none'}, notes of ${notes.split('\n').filter((line) => line.startsWith('- ')).length} changes`,
          );
          return /^\d+\.\d+\.\d+/.test(this.version) && (version === null || notes.includes(version)) ? [] : [`${version}: ${notes}`];
        },
      ],
      ...trialsOfPlan(this.repository),
    ];
  }

  stageChecks() {
    return [
      [
        'every package has its tarball',
        () => {
          const { packages } = stageRelease({ root: this.repository, out: this.folder, version: this.version });
          this.packages = packages;
          this.names = new Set(packages.map(({ name }) => name));
          for (const { file, files, bytes } of packages)
            console.log(`       ${file}: ${files} files, ${(bytes / 1000).toFixed(0)} kB unpacked`);
          return packages.length >= 8 ? [] : [`${packages.length} packages`];
        },
      ],
    ];
  }

  #publish({ url, env }) {
    const args = [join(SCRIPTS, 'publish.mjs'), '--from', this.folder, '--registry', url];
    return spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  }

  /** Runs a check while the prepared release seems to have its first packages only. */
  #withList(length, check) {
    const list = join(this.folder, 'release.json');
    const before = readFileSync(list, 'utf8');
    const { version, packages } = JSON.parse(before);
    writeFileSync(list, JSON.stringify({ version, packages: packages.slice(0, length) }));
    try {
      return check();
    } finally {
      writeFileSync(list, before);
    }
  }

  publicationChecks(registry) {
    const last = () => join(this.folder, this.packages.at(-1).file);
    const refused = (part) => {
      const { status, stdout, stderr } = this.#publish(registry);
      return status === 1 && stderr.includes(part) && !/published$/m.test(stdout) ? [] : [`status ${status}: ${stdout}${stderr}`];
    };
    const says = (...words) => {
      const { status, stdout, stderr } = this.#publish(registry);
      const said = stdout
        .trim()
        .split('\n')
        .map((line) => line.replace(/^\S+ /, ''));
      return status === 0 && said.join() === words.join() ? [] : [`status ${status}: ${stdout}${stderr}`];
    };
    const all = (word) => this.packages.map(() => word);
    return [
      [
        'nothing is published where a tarball is missing',
        () => {
          renameSync(last(), `${last()}.away`);
          try {
            return refused('is missing');
          } finally {
            renameSync(`${last()}.away`, last());
          }
        },
      ],
      [
        'nothing is published where a tarball is another than was prepared',
        () => {
          const content = readFileSync(last());
          writeFileSync(last(), Buffer.concat([content, Buffer.from([0])]));
          try {
            return refused('is not what was prepared');
          } finally {
            writeFileSync(last(), content);
          }
        },
      ],
      ['nothing is published, and it is a fault, where the list is empty', () => this.#withList(0, () => refused('names no package'))],
      [
        'some are published by a run that breaks off',
        () => this.#withList(BROKEN_OFF, () => says(...all('published').slice(0, BROKEN_OFF))),
      ],
      [
        'a second run leaves those and publishes the rest',
        () => says(...all('was there').slice(0, BROKEN_OFF), ...all('published').slice(BROKEN_OFF)),
      ],
      ['a third run finds all there', () => says(...all('was there'))],
      [
        'what is there is not replaced by other contents',
        () => {
          const other = stageWithOtherContents(this);
          try {
            return refused('with other contents');
          } finally {
            other.restore();
          }
        },
      ],
    ];
  }
}

/** Pretends that the prepared release has other contents than what is published. */
function stageWithOtherContents({ folder, packages }) {
  const list = join(folder, 'release.json');
  const before = readFileSync(list, 'utf8');
  const [first, second] = packages;
  if (second === undefined) throw new ManifestError('two packages are needed');
  writeFileSync(list, before.replace(first.file, second.file).replace(first.integrity, second.integrity));
  return { restore: () => writeFileSync(list, before) };
}
