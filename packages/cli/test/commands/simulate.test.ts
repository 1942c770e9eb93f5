import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserInstalled, openInBrowser } from '@plimsoll/test-support';
import { runProgram } from '../helpers/program.js';
import { schemaErrors } from '../helpers/schemas.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();
const POLICIES = ['--policy', 'exact', '--policy', 'capacity-provider', '--policy', 'book', '--policy', 'fixed'];

interface Answer {
  readonly workload: { readonly tasks: number; readonly notes: readonly string[] };
  readonly lowerBound: { readonly hostHours: number };
  readonly hostTypes: ReadonlyArray<{ readonly cpuUnits: number; readonly memoryMiB: number }>;
  readonly policies: ReadonlyArray<{
    readonly policy: string;
    readonly hostHours: number;
    readonly gap: number;
    readonly tasksFinished: number;
    readonly peakHosts: number;
    readonly waitingSeconds: { readonly p50: number; readonly max: number };
  }>;
}

async function simulated(...argv: readonly string[]): Promise<Answer> {
  const ran = await runProgram(['simulate', ...argv, '--json']);
  if (ran.status !== 0) throw new TypeError(ran.stderr);
  const answer: Answer = JSON.parse(ran.stdout);
  return answer;
}

describe('plimsoll simulate', () => {
  it('prints JSON as its schema describes it, the same at each run', async () => {
    const argv = ['simulate', '--generate', 'bursty:hours=3+deployments:hours=3,every=60,tasks=5', ...POLICIES, '--seed', '7', '--json'];
    const [first, second] = [await runProgram(argv), await runProgram(argv)];
    expect(schemaErrors('simulate', JSON.parse(first.stdout))).toEqual([]);
    expect(second.stdout).toBe(first.stdout);
    expect(first.stderr).toContain('exact simulated, 1 of 4');
    const other = await runProgram([...argv.slice(0, -2), '8', '--json']);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it('reads a plain table from standard input and prints a row a policy', async () => {
    const stdin = 'time,duration,cpu,memory,count\n0,600,512,1024,10\n';
    const ran = await runProgram(['simulate', '--trace', '-', ...POLICIES], { stdin });
    expect(ran.status).toBe(0);
    const rows = ran.stdout.split('\n');
    // Ten tasks of half a vCPU fill three hosts of 2 vCPU for ten minutes.
    expect(rows[0]).toContain('10 standalone tasks over 0.2 hours; lower bound 0.5 host-hours');
    expect(rows.slice(3, 7).map((row) => row.split(/\s+/)[0])).toEqual(['exact', 'capacity-provider', 'book', 'fixed:3']);
  });

  it('takes seconds since 1970 for what they are, and refuses work of decades', async () => {
    const of = (rows: string) =>
      runProgram(['simulate', '--trace', '-', '--policy', 'exact'], { stdin: `time,duration,cpu,memory\n${rows}` });
    expect((await of('1790000000,60,1,1\n1790003600,60,1,1\n')).stdout).toContain('2 standalone tasks over 1.0 hours');
    expect(await of('0,60,1,1\n1790003600,60,1,1\n')).toMatchObject({ status: 2, stderr: expect.stringContaining('goes on for 57 years') });
  });

  it('counts on what a host of any type brings', async () => {
    // Any host holds two of them, and eight wait: four are added, of which two turn out to hold four.
    const argv = ['--generate', 'batch:hours=1,tasks=8,size=1024:2048,duration=600', '--policy', 'exact', '--policy', 'exact-events'];
    const answer = await simulated(...argv, '--host-type', 'large=4096:8192', '--host-type', 'small=2048:4096');
    expect(answer.policies).toMatchObject([
      { policy: 'exact', peakHosts: 4, tasksFinished: 8 },
      { policy: 'exact-events', peakHosts: 4, tasksFinished: 8 },
    ]);
  });

  it('keeps room for more tasks of each size where headroom is asked for', async () => {
    const argv = ['--generate', 'batch:hours=5,tasks=4,size=1024:2048', '--policy', 'exact', '--host-type', 'host=2048:8192'];
    const [none, some] = [await simulated(...argv), await simulated(...argv, '--headroom', '4')];
    expect([none, some].map(({ policies }) => policies[0]?.waitingSeconds.max ?? 0)[1]).toBeLessThan(100);
    // Four tasks come after four hours: without headroom to no host, with it to two that are there.
    expect(none.policies[0]?.waitingSeconds.p50).toBeGreaterThan(60);
    expect(some.policies[0]?.waitingSeconds.p50).toBe(0);
    expect(some).toMatchObject({ headroom: 4 });
  });

  it('lays copies over each other', async () => {
    writeFileSync(files.path('one.csv'), 'time,duration,cpu,memory\n0,3600,2048,4096\n');
    const argv = ['--trace', files.path('one.csv'), '--policy', 'exact'];
    const [one, four] = [await simulated(...argv), await simulated(...argv, '--copies', '4')];
    expect(four.workload.tasks).toBe(4);
    expect(four.lowerBound.hostHours).toBeCloseTo(4 * one.lowerBound.hostHours, 9);
  });

  it('moves the tasks of a trace by chance, by the seed', async () => {
    writeFileSync(files.path('jitter.csv'), 'time,duration,cpu,memory\n7200,3600,2048,4096\n9000,3600,2048,4096\n');
    const argv = ['--trace', files.path('jitter.csv'), '--policy', 'exact', '--jitter', '600'];
    const [one, again, other] = [await simulated(...argv), await simulated(...argv), await simulated(...argv, '--seed', '2')];
    expect(again).toEqual(one);
    expect(other.policies[0]?.hostHours).not.toBe(one.policies[0]?.hostHours);
    expect(one.workload.notes).toEqual(['each task comes up to 600 s earlier or later, by chance']);
  });

  it('reads the openb format, with shares of a GPU as whole ones', async () => {
    const head = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n';
    writeFileSync(files.path('openb.csv'), `${head}a,1000,1024,1,460,,LS,Running,0,3600,60\nb,1000,1024,0,0,,BE,Pending,10,20,\n`);
    const answer = await simulated('--trace', files.path('openb.csv'), '--format', 'openb', '--policy', 'exact');
    expect(answer.workload).toMatchObject({
      tasks: 1,
      notes: ['1 pods that were never scheduled are left out', '1 pods that shared a GPU get a whole one'],
    });
    expect(answer.lowerBound.hostHours).toBeCloseTo(3540 / 3600, 9);
  });

  it('turns an archive of ECS events into a workload', async () => {
    const task = (lastStatus: string, more: object) =>
      JSON.stringify({
        version: '0',
        id: '7bf73129-1428-4cd3-a780-95db273d1602',
        'detail-type': 'ECS Task State Change',
        source: 'aws.ecs',
        account: '111122223333',
        time: '2026-01-01T00:20:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:ecs:us-east-1:111122223333:task/demo/one'],
        detail: {
          clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/demo',
          taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/demo/one',
          lastStatus,
          desiredStatus: 'RUNNING',
          version: 3,
          containers: [],
          cpu: '1024',
          memory: '2048',
          launchType: 'EC2',
          createdAt: '2026-01-01T00:00:00Z',
          ...more,
        },
      });
    const stopped = task('STOPPED', { startedAt: '2026-01-01T00:10:00Z', stoppedAt: '2026-01-01T00:20:00Z' });
    writeFileSync(files.path('events.jsonl'), `${stopped}\n${task('RUNNING', { startedAt: '2026-01-01T00:10:00Z' })}\n${stopped}\n`);
    const answer = await simulated('--trace', files.path('events.jsonl'), '--format', 'events', '--policy', 'exact');
    expect(answer.workload.tasks).toBe(1);
    expect(answer.lowerBound.hostHours).toBeCloseTo(1 / 6, 9);
  });

  it.each([
    [['--policy', 'exact'], 'the work is to come from one place: give either --trace FILE or --generate SPEC'],
    [['--generate', 'diurnal'], 'no policy to simulate: give --policy NAME'],
    [['--generate', 'tidal', '--policy', 'exact'], 'there is no pattern tidal'],
    [['--generate', 'batch:tusks=3', '--policy', 'exact'], 'batch has no key "tusks=3"'],
    [['--generate', 'batch', '--policy', 'clever'], 'policy "clever" is unknown'],
    [['--generate', 'batch', '--policy', 'exact', '--placement', 'neat'], 'placement "neat" is unknown'],
    [['--generate', 'batch', '--policy', 'exact', '--seed', '-1'], 'Write a whole number'],
    [
      ['--generate', 'batch', '--policy', 'exact', '--host-type', 'small=256:256'],
      'no host type has room for the most that any task asks for',
    ],
    [
      ['--generate', 'batch:size=2048:2048', '--policy', 'exact', '--host-type', 'a=4096:4096', '--host-type', 'b=1024:8192'],
      'exact counts on what a host of any type brings (1024 CPU units, 4096 MiB, 0 GPUs), less than tasks ask for',
    ],
    [['--generate', 'batch', '--policy', 'exact', '--min-hosts', '3', '--max-hosts', '2'], 'at least 3 and at most 2 hosts'],
    [['--trace', 'no-such-file.csv', '--policy', 'exact'], 'there is no such file'],
    [['--trace', '-', '--jitter', '86401', '--policy', 'exact'], 'a jitter of 86401 s leaves nothing of a trace'],
    [['--trace', '-', '--copies', '0', '--policy', 'exact'], '0 copies of a trace are too few or too many'],
    [['--generate', 'batch', '--copies', '2', '--policy', 'exact'], '--format, --copies and --jitter are for --trace'],
    [['--generate', 'bursty:rate=9999999', '--policy', 'exact'], 'ask for at most 2000000'],
    [['--generate', 'diurnal:hours=9999999', '--policy', 'exact'], 'write at most 10000'],
    [['--trace', '-', '--policy', 'exact'], 'the first line lacks time, duration, cpu, memory'],
    [['--generate', 'batch:hours=1', '--policy', 'fixed:1', '--html', join('no', 'such', 'folder.html')], 'cannot write'],
  ])('refuses %j', async (argv, message) => {
    const ran = await runProgram(['simulate', ...argv]);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });

  it('writes a page that names nothing outside itself', async () => {
    const file = files.path('page.html');
    const answer = await simulated('--generate', 'batch:hours=4', ...POLICIES, '--html', file);
    const page = readFileSync(file, 'utf8');
    expect(page).not.toMatch(/(src|href)=|url\(|@import|https?:/);
    for (const { policy, hostHours } of answer.policies) expect(page).toContain(`<td>${policy}</td><td>${hostHours.toFixed(1)}</td>`);
  });
});

(browserInstalled ? describe : describe.skip)('the page in a browser', () => {
  it.each([false, true])(
    'shows the figures of the JSON, and draws a line a policy in each chart (dark: %p)',
    async (isDark) => {
      const file = files.path(`browser-${isDark}.html`);
      const answer = await simulated('--generate', 'batch:hours=4', ...POLICIES, '--html', file);
      const dom = await openInBrowser(file, { dark: isDark });
      const [, hostHours] = /<tr data-policy="exact"><td>exact<\/td><td>([\d.]+)<\/td>/.exec(dom) ?? [];
      expect(Number(hostHours)).toBeCloseTo(answer.policies[0]?.hostHours ?? Number.NaN, 1);
      expect(dom.match(/<svg viewBox="0 0 960/g)).toHaveLength(4);
      expect(dom.match(/<path class="line c\d" d="M56 [^"]*H944"/g)).toHaveLength(4 * answer.policies.length);
    },
    120_000,
  );
});
