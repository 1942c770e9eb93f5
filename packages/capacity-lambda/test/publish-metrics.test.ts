import { capacityMetrics } from '../src/capacity-metrics.js';
import { publishMetrics } from '../src/publish-metrics.js';
import { type AwsEndpoint, startAwsEndpoint } from './helpers/aws-endpoint.js';
import { clientsOf } from './helpers/clients.js';

/** The longest data this package makes: names of 255 characters, numbers of full length. */
function longestData(count: number) {
  const name = (index: number) => String(index).padEnd(255, 'x');
  const taskSizes = Array.from({ length: count / 2 - 1 }, (_, index) => ({
    ...{ name: name(index), containerCapacity: 123_456_789, idleHostCapacity: 1234.123456789012 },
    ...{ binding: null, precision: 'exact' as const, notes: [] },
  }));
  const capacity = {
    method: 'exact' as const,
    hosts: { registered: 1, eligible: 1 },
    containerCapacity: 1,
    idleHostCapacity: 1,
    taskSizes,
  };
  return capacityMetrics({ clusterName: name(0), capacity, timestamp: new Date('2026-01-01T00:00:00.123Z'), storageResolutionSeconds: 60 });
}

describe('publishMetrics', () => {
  let endpoint: AwsEndpoint;
  beforeEach(async () => {
    endpoint = await startAwsEndpoint();
  });
  afterEach(() => endpoint.close());

  const publish = (data: Parameters<typeof publishMetrics>[1]['data'], abortSignal?: AbortSignal) =>
    publishMetrics(clientsOf(endpoint.url).cloudWatch, { namespace: 'x', data, ...(abortSignal === undefined ? {} : { abortSignal }) });

  test('sends the longest thousand data in one request under 1 MB, and splits only what is more', async () => {
    const data = longestData(1_002);
    expect(await publish(data.slice(0, 1_000))).toBe(1);
    expect(Buffer.byteLength(endpoint.calls[0]?.raw ?? '')).toBeLessThan(1_000_000);
    expect(await publish(data)).toBe(2);
    expect(endpoint.published().map((request) => request.data.length)).toEqual([1_000, 1_000, 2]);
  });

  test('makes no call for no data', async () => {
    expect(await publish([])).toBe(0);
    expect(endpoint.calls).toHaveLength(0);
  });

  test('rejects with the reason of its signal', async () => {
    const controller = new AbortController();
    endpoint.intercept = () => {
      controller.abort('enough');
      return 'hang';
    };
    await expect(publish(longestData(4), controller.signal)).rejects.toBe('enough');
  });
});
