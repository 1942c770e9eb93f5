import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ValidationSeverity, type ValidatorSettings, validate } from 'dockerfile-utils';

const FOLDER = join(__dirname, '..');
const ROOT = join(FOLDER, '..', '..');
const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');

/** Every rule of the linter that is off, or a warning, unless asked for. */
const STRICT: ValidatorSettings = {
  deprecatedMaintainer: ValidationSeverity.ERROR,
  directiveCasing: ValidationSeverity.ERROR,
  emptyContinuationLine: ValidationSeverity.ERROR,
  instructionCasing: ValidationSeverity.ERROR,
  instructionCmdMultiple: ValidationSeverity.ERROR,
  instructionEntrypointMultiple: ValidationSeverity.ERROR,
  instructionHealthcheckMultiple: ValidationSeverity.ERROR,
  instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
  instructionWorkdirRelative: ValidationSeverity.ERROR,
};

/** The instructions of the last stage, one a line. */
const service = dockerfile
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split(/^(?=FROM )/m)
  .at(-1)
  ?.split('\n');

const argument = (instruction: string) =>
  service?.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

describe('the Dockerfile', () => {
  test('has no fault that the linter knows', () => {
    expect(validate(dockerfile, STRICT)).toEqual([]);
  });

  test.each([
    ['an instruction that is none', 'USERR 1000:1000'],
    ['a second CMD', 'CMD ["serve"]\nCMD ["migrate"]'],
    ['a relative folder', 'WORKDIR service'],
    ['an unknown flag of the health check', 'HEALTHCHECK --every=10s CMD true'],
  ])('would have: %s', (_, line) => {
    expect(validate(`${dockerfile}${line}\n`, STRICT)).not.toEqual([]);
  });

  test('starts from the Node.js that the repository pins', () => {
    const pinned = /node: 'node@([\d.]+)'/.exec(readFileSync(join(ROOT, 'projenrc', 'versions.ts'), 'utf8'))?.[1];
    expect(pinned).toBeDefined();
    expect(dockerfile).toContain(`node:${pinned}-`);
  });

  test('compiles sources of its own alone: those of other workspaces are not in its context', () => {
    expect(JSON.parse(readFileSync(join(FOLDER, 'tsconfig.json'), 'utf8'))).toMatchObject({ references: [] });
  });

  test('runs as a user that is not root, over files that are not its own', () => {
    expect(argument('USER')).toEqual(['1000:1000']);
    expect(service?.findIndex((line) => line.startsWith('USER '))).toBeGreaterThan(
      service?.findLastIndex((line) => line.startsWith('COPY ')) ?? 0,
    );
    expect(dockerfile).not.toMatch(/--chown|--chmod|^ADD |sudo|chmod/m);
  });

  test('has a folder for static files that its user may write, as a volume, and no other', () => {
    expect(argument('RUN')).toEqual(['install --directory --owner=1000 --group=1000 /public']);
    expect(argument('VOLUME')).toEqual(['["/public"]']);
    expect(service?.indexOf('VOLUME ["/public"]')).toBeGreaterThan(service?.findIndex((line) => line.startsWith('RUN ')) ?? 0);
  });

  test('is checked for its health by the program’s own command, and starts it without a shell', () => {
    const program = '"node", "/service/apps/todobackend/bin/todobackend.js"';
    expect(argument('HEALTHCHECK')?.[0]).toContain(`CMD [${program}, "health"]`);
    expect(argument('ENTRYPOINT')).toEqual([`[${program}]`]);
    expect(argument('CMD')).toEqual(['["serve"]']);
  });

  test('takes from the build only what runs, and no secret', () => {
    expect(argument('COPY')?.map((line) => line.split(' ')[1])).toEqual(
      ['node_modules', 'apps/todobackend/package.json', 'apps/todobackend/bin', 'apps/todobackend/lib', 'apps/todobackend/static'].map(
        (path) => `/build/${path}`,
      ),
    );
    expect(dockerfile).not.toMatch(/MYSQL_|PASSWORD|SECRET/);
  });
});
