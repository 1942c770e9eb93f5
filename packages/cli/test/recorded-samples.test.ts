import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capacityAnswer, replayAnswers } from './helpers/answers.js';
import { runProgram } from './helpers/program.js';

const SAMPLES = process.env.PLIMSOLL_SAMPLES;
const describeSamples = SAMPLES === undefined ? describe.skip : describe;

/** Why a recorded file is refused. Their tests did without the fields. */
const REFUSED: ReadonlyMap<string, RegExp> = new Map([
  [
    'container-instances-07.json',
    /: record 1: container instance arn:\S+: remainingResources is missing: give the whole record that ECS returned\n$/,
  ],
  ['container-instances-19.json', /: record 1: container instance \S+: status is missing: give the whole record that ECS returned\n$/],
  ['container-instances-21.json', /: record 1: container instance \S+: status is missing: give the whole record that ECS returned\n$/],
  ['container-instances-23.json', /: record 1: container instance \S+: status is missing: give the whole record that ECS returned\n$/],
  [
    'container-instances-25.json',
    /: record 1: container instance arn:\S+: agentConnected is missing: give the whole record that ECS returned\n$/,
  ],
  // Its failure is made up, `string` for a reason, so nobody can say that the host is gone.
  ['container-instances-29.json', /: host string was not described \(string\), so what it holds is unknown: describe it again, [^\n]+\n$/],
]);

/** What the others say: cluster, registered hosts, eligible hosts, tasks of 250 CPU units and 400 MiB that fit. */
const READ: ReadonlyMap<string, readonly [cluster: string | null, registered: number, eligible: number, fit: number]> = new Map([
  ['container-instance-single-02.json', [null, 0, 0, 0]],
  ['container-instances-01.json', ['c7n-fail', 1, 1, 2]],
  ['container-instances-03.json', [null, 1, 1, 2]],
  ['container-instances-05.json', [null, 1, 0, 0]],
  ['container-instances-09.json', [null, 1, 1, 2]],
  ['container-instances-11.json', [null, 3, 3, 12]],
  ['container-instances-13.json', ['default', 1, 1, 7]],
  ['container-instances-15.json', ['default', 1, 0, 0]],
  ['container-instances-17.json', [null, 1, 1, 7]],
]);

function samples(folder: string, name: RegExp): readonly string[] {
  return SAMPLES === undefined ? ['without PLIMSOLL_SAMPLES'] : readdirSync(join(SAMPLES, folder)).filter((file) => name.test(file));
}

describeSamples('recorded samples', () => {
  const path = (folder: string, file: string): string => join(SAMPLES ?? '', folder, file);
  const capacity = (file: string) => runProgram(['capacity', '--snapshot', path('api', file), '--task-size', 'web=250:400', '--json']);

  it('has an expectation for every file', () => {
    const known = [...REFUSED.keys(), ...READ.keys()].sort();
    expect(known).toEqual([...samples('api', /^container-instance.*\.json$/)].sort());
  });

  it.each([...REFUSED])('%s is refused', async (file, message) => {
    expect(await capacity(file)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it.each([...READ])('%s is read', async (file, [cluster, registered, eligible, fit]) => {
    const ran = await capacity(file);
    expect(ran.status).toBe(0);
    expect(capacityAnswer(ran)).toMatchObject({ cluster, hosts: { registered, eligible }, containerCapacity: fit });
  });

  it.each(samples('api', /^tasks-.*\.json$/))('%s is told to be no description of hosts', async (file) => {
    const ran = await capacity(file);
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('this is what `aws ecs describe-tasks` prints') });
  });

  it.each([
    ['container-instance-003.json', 'default', 14_801, 1],
    ['container-instance-008.json', 'example-cluster', 1, 0],
  ])('%s is an event of cluster %s', async (file, cluster, version, fit) => {
    const argv = ['--task-size', 'web=250:400', '--json'];
    const replayed = await runProgram(['replay', '--events', path('events', file), ...argv]);
    expect(replayAnswers(replayed)).toMatchObject([{ cluster, version, applied: true, containerCapacity: fit }]);
    const counted = await runProgram(['capacity', '--snapshot', path('events', file), ...argv]);
    expect(capacityAnswer(counted)).toMatchObject({ cluster, hosts: { registered: 1 }, containerCapacity: fit });
  });

  it('replays all recorded events as one stream, without an unreadable one', async () => {
    const files = samples('events', /\.json$/);
    const stdin = files.map((file) => JSON.stringify(JSON.parse(readFileSync(path('events', file), 'utf8')))).join('\n');
    const ran = await runProgram(['replay', '--events', '-', '--task-size', 'web=250:400', '--json'], { stdin });
    expect(replayAnswers(ran)).toHaveLength(2);
    expect(ran).toMatchObject({
      status: 0,
      stderr: `plimsoll: ${files.length} events, 2 applied, 0 stale or duplicate, 0 unreadable, ${files.length - 2} about something other than a host\n`,
    });
  });
});
