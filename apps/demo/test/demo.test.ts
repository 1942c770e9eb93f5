import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { browserInstalled, openInBrowser } from '@plimsoll/test-support';
import { STEPS } from '../src/capacity/scenario.js';

const MAIN = resolve(__dirname, '../lib/main.js');

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo as a process whose temporary files are in a folder of their own. */
function run(args: readonly string[], temporary = tmpdir()): Promise<Run> {
  return new Promise((done) => {
    const env = { ...process.env, TMPDIR: temporary };
    execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      done({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const checkLines = (stdout: string) => stdout.split('\n').filter((line) => /^[✓✗] /.test(line));

describe('the demo, as a process', () => {
  let folder: string;
  let good: Run;
  let failing: Run;

  // Both at once: one of them waits most of its time.
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
    [good, failing] = await Promise.all([
      run(['--html', join(folder, 'good.html')], mkdtempSync(join(folder, 'good-'))),
      run(['--', '--fail-migration', '--html', join(folder, 'failing.html')], mkdtempSync(join(folder, 'failing-'))),
    ]);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('keeps every promise', () => {
    const { status, stdout, stderr } = good;
    expect({ status, broken: checkLines(stdout).filter((line) => line.startsWith('✗')), stderr }).toMatchObject({ status: 0, broken: [] });
    expect(checkLines(stdout)).toHaveLength(12);
    expect(stdout).toContain(`\nreport: ${join(folder, 'good.html')}\n`);
  });

  test("deploys the stack's own tasks, and the service does what its specification asks", () => {
    expect(good.stdout).toMatch(/CloudFormation Validate [\d.]+: 0 findings in 1 template/);
    expect(good.stdout).toMatch(/CREATE_COMPLETE; the database lists 1 create-todos\n/);
    expect(good.stdout).toMatch(/collectstatic exited with 0 and left [1-9]\d* files; GET \/ answers 200/);
    const [, passed, all] = /(\d+) of (\d+) checks passed/.exec(good.stdout) ?? [];
    expect(passed).toBe(all);
    expect(Number(all)).toBeGreaterThan(40);
  });

  test('adds a host, and removes the one that the function names with its tasks moved', () => {
    expect(good.stderr).toMatch(/HostsShort is 1: 1 host added\n.*host 2 has joined\n/);
    expect(good.stderr).toMatch(
      /the function names host (\d), which runs [1-9] of the tasks: it drains\n.*tasks? started; [1-9] tasks? stopped; host \1 is empty and gone\n/,
    );
    expect(good.stdout).toMatch(/([1-9]) of \1 tasks moved; 0 of \d+ minutes with a task that waits/);
  });

  test('tells where sums promise what ECS refuses', () => {
    expect(good.stdout).toMatch(/a worker is asked for\s+0\s+0\s.*no host has it\s+RESOURCE:/);
    expect(good.stdout).toMatch(/every host leaves\s+0\s+0\s+0\s+0\.00\s+0/);
  });

  test('a failing migration ends with status 1, the words CloudFormation shows, and the service untouched', () => {
    const { status, stdout, stderr } = failing;
    expect({ status, broken: checkLines(stdout).filter((line) => line.startsWith('✗')), stderr }).toMatchObject({ status: 1, broken: [] });
    expect(stdout).toMatch(
      /UPDATE_ROLLBACK_COMPLETE\. What CloudFormation shows:\n\ncontainer migrate exited with code 3;.*SCHEMA_DIVERGED/s,
    );
    expect(stdout).toContain('the same task runs, /health answers 200, the todo of before is there');
    expect(stderr).toMatch(/UPDATE_IN_PROGRESS\n.*UPDATE_ROLLBACK_IN_PROGRESS/);
    expect(readFileSync(join(folder, 'failing.html'), 'utf8')).toContain('SCHEMA_DIVERGED');
  });

  test('leaves nothing behind but its report', () => {
    const left = readdirSync(folder).flatMap((name) => (name.endsWith('.html') ? [] : readdirSync(join(folder, name))));
    expect(left).toEqual([]);
  });

  (browserInstalled ? test : test.skip)(
    'its report is drawn by a browser without network, light and dark',
    async () => {
      // The browser itself says what it made of the style.
      const script = '<script>document.body.dataset.paper = getComputedStyle(document.body).backgroundColor</script></body>';
      const copy = join(folder, 'copy.html');
      writeFileSync(copy, readFileSync(join(folder, 'good.html'), 'utf8').replace('</body>', script));
      const [light, dark] = [await openInBrowser(copy), await openInBrowser(copy, { dark: true })];
      expect([light, dark].map((dom) => /data-paper="([^"]*)"/.exec(dom)?.[1])).toEqual(['rgb(255, 255, 255)', 'rgb(18, 24, 31)']);
      expect(light.match(/<path class="line (one|two|three)" d="M[^"]*H/g)?.length).toBeGreaterThanOrEqual(14);
      expect(light).not.toMatch(/NaN|undefined|Infinity/);
      expect(light.match(/<tr class="lie">/g)).toHaveLength(3);
      expect(light.match(/<tr/g)?.length).toBeGreaterThan(STEPS.length + 12);
    },
    120_000,
  );
});

describe('a wrong command line', () => {
  test.each([
    [['--speed', '9'], /^demo: .*--speed.*\n\nnpx projen demo/],
    [['--html', '/nowhere/at/all.html'], /^demo: --html is \/nowhere\/at\/all\.html, whose folder is not there/],
    [['--html', tmpdir()], /^demo: --html is .*, a folder: name a file/],
  ])(
    '%j ends with status 2 and a clear line, before anything is played',
    async (args, message) => {
      const { status, stdout, stderr } = await run(args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(message);
    },
    60_000,
  );

  test('help is no fault', async () => {
    const { status, stdout } = await run(['--help']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('--fail-migration') });
  }, 60_000);
});
