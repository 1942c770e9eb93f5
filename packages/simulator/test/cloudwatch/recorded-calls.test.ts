import { createCloudWatch } from '../../src/index.js';
import { SDK_CLIENTS } from '../helpers/cloudwatch-clients.js';
import { jsonRequest } from '../helpers/cloudwatch-requests.js';
import { closeAll, openEndpoint } from '../helpers/open-endpoints.js';

afterEach(closeAll);

test.each(SDK_CLIENTS)('$name is recorded with operation and input, the same in each protocol', async ({ call }) => {
  const endpoint = await openEndpoint({ services: [createCloudWatch()] });
  const datum = { MetricName: 'Depth', Value: 3, Timestamp: new Date().toISOString() };
  await call(endpoint.url, 'PutMetricData', { Namespace: 'shop', MetricData: [datum] });
  expect(endpoint.calls()).toMatchObject([
    {
      service: 'monitoring',
      operation: 'PutMetricData',
      input: { Namespace: 'shop', MetricData: [{ MetricName: 'Depth', Value: 3, Timestamp: expect.any(Date) }] },
    },
  ]);
});

test('a request is read once, however often the service is asked about it', async () => {
  const cloudWatch = createCloudWatch();
  let reads = 0;
  const { body, ...rest } = jsonRequest('ListMetrics', {});
  const request = {
    ...rest,
    get body() {
      reads += 1;
      return body;
    },
  };
  expect(cloudWatch.accepts(request)).toBe(true);
  const once = reads;
  expect(cloudWatch.describeCall(request)).toEqual({ operation: 'ListMetrics', input: {} });
  expect((await cloudWatch.handle(request)).status).toBe(200);
  expect([once > 0, reads]).toEqual([true, once]);
});
