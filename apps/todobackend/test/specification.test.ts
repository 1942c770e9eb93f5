import { ApiClient } from '../src/specification/api-client.js';
import { specification } from '../src/specification/specification.js';
import { describeOnEachDatabase } from './helpers/databases.js';
import { type RunningService, serve } from './helpers/program.js';

describeOnEachDatabase('the API', (databases) => {
  let service: RunningService;
  let api: ApiClient;

  beforeAll(async () => {
    service = await serve(await databases.migrated());
    api = new ApiClient(service.url);
  });

  afterAll(async () => {
    const { code, log } = await service.stop();
    expect({ code, errors: log.filter((line) => ['error', 'fatal'].includes(line.level)) }).toEqual({ code: 0, errors: [] });
  });

  test.each(specification.map((each) => [each.name, each] as const))('%s', async (_, { check }) => {
    await check(api);
  });
});
