import { awsError, definitionOf, FakeEcs } from './helpers/fake-ecs.js';
import { LambdaWorld, type WorldOptions } from './helpers/lambda-world.js';
import { type RequestOptions, request } from './helpers/requests.js';
import { VirtualClock } from './helpers/virtual-clock.js';

async function serve(world: WorldOptions = {}, options: RequestOptions = {}) {
  const clock = new VirtualClock();
  const lambda = new LambdaWorld(clock, world);
  const start = clock.now();
  await clock.run(lambda.deliver(request({ issuedAt: start, ...options })));
  return { clock, lambda, ecs: lambda.ecs, answers: lambda.answers, body: lambda.answers[0]?.body, after: (lambda.answers[0]?.at ?? 0) - start };
}

describe('Create', () => {
  test('runs the task and answers SUCCESS', async () => {
    const { body, ecs, answers } = await serve();
    expect(answers).toHaveLength(1);
    expect(body).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: expect.stringMatching(/^task-run-[0-9a-f]{32}$/),
      Data: { TaskArn: ecs.tasks[0]?.arn, ExitCode: '0', LogStream: 'run/migrate/00000001', Skipped: 'false' },
    });
  });

  test('answers FAILED with the facts and the end of the log', async () => {
    const { body } = await serve({
      ecs: { script: () => ({ startMs: 1_000, runMs: 5_000, exitCodes: { migrate: 3 } }) },
      log: () => ['\u001b[31mERROR\u001b[0m relation "users" does not exist'],
    });
    expect(body).toMatchObject({ Status: 'FAILED' });
    expect(body?.Reason).toMatch(/^container migrate exited with code 3; stop code EssentialContainerExited; .*\nlast lines of the log:\nERROR relation/);
  });
});
