import { createTaskDefinitions } from '../../src/ecs-reading/task-definitions.js';
import { type AwsEndpoint, startAwsEndpoint } from '../helpers/aws-endpoint.js';
import { clientsOf } from '../helpers/clients.js';
import { definition, definitionArn } from '../helpers/tasks.js';

describe('createTaskDefinitions', () => {
  let endpoint: AwsEndpoint;
  let now: number;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint();
    now = 0;
  });
  afterEach(() => endpoint.close());
  const reader = () => createTaskDefinitions(clientsOf(endpoint.url).ecs, () => new Date(now));

  test('reads a revision once', async () => {
    endpoint.taskDefinitions.set(definitionArn('web'), definition('web', 100));
    const { describe: read } = reader();
    expect(await read(definitionArn('web'))).toMatchObject({ family: 'web' });
    now = 1e9;
    expect(await read(definitionArn('web'))).toMatchObject({ family: 'web' });
    expect(endpoint.calls).toHaveLength(1);
  });

  test('reads the newest revision of a family anew after a minute', async () => {
    endpoint.taskDefinitions.set('web', definition('web', 100));
    const { describe: read } = reader();
    await read('web');
    endpoint.taskDefinitions.set('web', definition('web', 200));
    now = 59_999;
    expect(await read('web')).toMatchObject({ containerDefinitions: [{ cpu: 100 }] });
    now = 60_000;
    expect(await read('web')).toMatchObject({ containerDefinitions: [{ cpu: 200 }] });
  });

  test('remembers no failure', async () => {
    const { describe: read } = reader();
    endpoint.intercept = () => ({ status: 400, error: 'ClientException', message: 'Unable to describe task definition.' });
    await expect(read('web')).rejects.toMatchObject({
      code: 'CLUSTER_READ_FAILED',
      message: 'DescribeTaskDefinition of web failed: ClientException: Unable to describe task definition.',
    });
    endpoint.intercept = () => undefined;
    await expect(read('web')).rejects.toMatchObject({ message: expect.stringContaining('answered without taskDefinition') });
    endpoint.taskDefinitions.set('web', definition('web', 100));
    expect(await read('web')).toMatchObject({ family: 'web' });
  });
});
