import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { CreateClusterCommand, ECSClient, RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import { run } from '../../src/run.js';
import { capacityAnswer, replayAnswers } from '../helpers/answers.js';
import { collect, DUMMY_AWS, spawnProgram, startProgram } from '../helpers/spawn-program.js';
import { temporaryFiles } from '../helpers/temporary-files.js';

const files = temporaryFiles();

interface Local {
  readonly environment: Readonly<Record<string, string>>;
  readonly url: string;
  readonly banner: string;
  readonly interrupt: (signal: NodeJS.Signals) => Promise<readonly [unknown, unknown]>;
  readonly stderr: () => string;
}

/** Starts `plimsoll local` and waits for what it prints; a shell reads the variables out of it. */
async function startLocal(...argv: string[]): Promise<Local> {
  const child = startProgram(['local', ...argv]);
  const stderr = collect(child.stderr);
  const [printed] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const banner = printed.toString();
  const seen = execFileSync('sh', ['-c', `${banner}\nenv`], { env: {} }).toString();
  const environment = Object.fromEntries(
    seen
      .split('\n')
      .filter((line) => line.startsWith('AWS_'))
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  return {
    environment,
    url: environment.AWS_ENDPOINT_URL ?? '',
    banner,
    stderr,
    interrupt: async (signal) => {
      child.kill(signal);
      const [status, by] = await once(child, 'close');
      return [status, by];
    },
  };
}

async function registerHost(local: Pick<Local, 'environment' | 'url'>, clusterName: string): Promise<void> {
  const ecs = new ECSClient({
    endpoint: local.url,
    region: local.environment.AWS_REGION ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    await ecs.send(new CreateClusterCommand({ clusterName }));
    await ecs.send(
      new RegisterContainerInstanceCommand({
        cluster: clusterName,
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
          { name: 'MEMORY', type: 'INTEGER', integerValue: 993 },
        ],
      }),
    );
  } finally {
    ecs.destroy();
  }
}

describe('plimsoll local', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('serves until %s, which is a clean end', async (signal) => {
    const local = await startLocal();
    expect(local.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(local.banner).toContain(`aws --endpoint-url ${local.url} ecs `);
    expect(await local.interrupt(signal)).toEqual([0, null]);
    expect(local.stderr()).toBe('plimsoll: local endpoint stopped\n');
  });

  it('can be interrupted as soon as it says where it is', async () => {
    const interrupted = new AbortController();
    let asked = false;
    let askedBeforehand: boolean | undefined;
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => {
        // A signal that the process does not listen to by now would kill it.
        askedBeforehand ??= asked;
        interrupted.abort();
        done();
      },
    });
    const io = {
      stdin: Readable.from([]),
      stdout,
      stderr: new PassThrough(),
      env: {},
      get signal() {
        asked = true;
        return interrupted.signal;
      },
    };
    expect(await run(['local'], io)).toBe(0);
    expect(askedBeforehand).toBe(true);
  });

  it('feeds capacity --cluster, and by its events replay', async () => {
    const events = files.path('events.jsonl');
    const local = await startLocal('--events', events, '--region', 'eu-west-1');
    await registerHost(local, 'demo');
    const live = await spawnProgram(['capacity', '--cluster', 'demo', '--task-size', 'web=250:400', '--json'], {
      env: { ...DUMMY_AWS, ...local.environment },
    });
    expect(await local.interrupt('SIGINT')).toEqual([0, null]);
    const replayed = await spawnProgram(['replay', '--events', events, '--task-size', 'web=250:400', '--json']);
    expect(replayed.status).toBe(0);
    const { event: _e, time: _t, containerInstanceArn, version: _v, applied, ...state } = replayAnswers(replayed).at(-1) ?? {};
    expect(state).toEqual(capacityAnswer(live));
    expect(state).toMatchObject({ cluster: 'demo', containerCapacity: 2 });
    expect(applied).toBe(true);
    expect(containerInstanceArn).toContain(':eu-west-1:');
  });

  it('appends to the events that are there', async () => {
    const events = files.write('{"kept":true}\n');
    const local = await startLocal('--events', events);
    await registerHost(local, 'demo');
    await local.interrupt('SIGTERM');
    const [first, second, ...rest] = readFileSync(events, 'utf8').trimEnd().split('\n');
    expect(first).toBe('{"kept":true}');
    expect(JSON.parse(second ?? '')).toMatchObject({ 'detail-type': 'ECS Container Instance State Change' });
    expect(rest).toEqual([]);
  });

  it('says that the port is in use', async () => {
    const local = await startLocal();
    const port = new URL(local.url).port;
    const second = await spawnProgram(['local', '--port', port]);
    await local.interrupt('SIGINT');
    expect(second).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^plimsoll: port ${port} [^\\n]*in use[^\\n]*\\n$`)),
    });
  });

  (existsSync('/dev/full') ? it : it.skip)('ends when the events can no longer be written', async () => {
    const child = startProgram(['local', '--events', '/dev/full']);
    const stderr = collect(child.stderr);
    const [printed] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const url = /AWS_ENDPOINT_URL=(\S+)/.exec(printed.toString())?.[1] ?? '';
    const closed = once(child, 'close');
    await registerHost({ url, environment: { AWS_REGION: 'us-east-1' } }, 'demo');
    expect(await closed).toEqual([3, null]);
    expect(stderr()).toMatch(/^plimsoll: cannot write events to \/dev\/full: ENOSPC[^\n]*\n$/);
  });

  it('says that the events cannot be written', async () => {
    const folder = files.path('.');
    expect(await spawnProgram(['local', '--events', folder])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `plimsoll: cannot write events to ${folder}: it is a folder: name a file\n`,
    });
  });
});
