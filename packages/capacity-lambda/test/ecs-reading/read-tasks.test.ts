import { readServices } from '../../src/ecs-reading/read-services.js';
import { readTasks } from '../../src/ecs-reading/read-tasks.js';
import { type AwsEndpoint, startAwsEndpoint } from '../helpers/aws-endpoint.js';
import { clientsOf } from '../helpers/clients.js';
import { service, task } from '../helpers/tasks.js';

describe('readTasks and readServices', () => {
  let endpoint: AwsEndpoint;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint();
  });
  afterEach(() => endpoint.close());

  test.each([
    { count: 0, calls: 1 },
    { count: 100, calls: 2 },
    { count: 101, calls: 4 },
    { count: 1_000, calls: 20 },
  ])('read $count tasks with $calls calls', async ({ count, calls }) => {
    const all = Array.from({ length: count }, (_, index) => task(String(index)));
    endpoint.tasks.set('demo', all);
    const reading = await readTasks(clientsOf(endpoint.url).ecs, { cluster: 'demo' });
    expect(reading.records.map(({ taskArn }) => taskArn)).toEqual(all.map(({ taskArn }) => taskArn));
    expect(reading).toMatchObject({ calls, retries: 0 });
    expect(endpoint.calls).toHaveLength(calls);
  });

  test('leave out a task that is to stop', async () => {
    endpoint.tasks.set('demo', [task('stays'), task('goes', { desiredStatus: 'STOPPED' })]);
    const { records } = await readTasks(clientsOf(endpoint.url).ecs, { cluster: 'demo' });
    expect(records).toEqual([task('stays')]);
  });

  test.each([
    { count: 0, calls: 1 },
    { count: 10, calls: 2 },
    { count: 101, calls: 13 },
  ])('read $count services with $calls calls', async ({ count, calls }) => {
    const all = Array.from({ length: count }, (_, index) => service(`service-${index}`));
    endpoint.services.set('demo', all);
    const reading = await readServices(clientsOf(endpoint.url).ecs, { cluster: 'demo' });
    expect(reading.records).toEqual(all);
    expect(reading).toMatchObject({ calls, retries: 0 });
  });

  test.each(['ListTasks', 'ListServices'])('fault on what %s is refused', async (operation) => {
    endpoint.intercept = () => ({ status: 400, error: 'AccessDeniedException', message: 'no' });
    const read = operation === 'ListTasks' ? readTasks : readServices;
    await expect(read(clientsOf(endpoint.url).ecs, { cluster: 'demo' })).rejects.toMatchObject({
      code: 'CLUSTER_READ_FAILED',
      message: `${operation} of demo failed: AccessDeniedException: no`,
    });
  });
});
