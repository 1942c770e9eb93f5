import { OutOfTimeError } from '../src/fault.js';
import { readDemandHistory } from '../src/read-demand-history.js';

/** CloudWatch that never answers. */
const silent = {
  send: (_: unknown, { abortSignal }: { readonly abortSignal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      if (abortSignal.aborted) reject(abortSignal.reason);
      abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
    }),
};
const read = (abortSignal: AbortSignal) =>
  readDemandHistory(silent as unknown as Parameters<typeof readDemandHistory>[0], {
    namespace: 'Plimsoll/ECS',
    clusterName: 'demo',
    minutes: 60,
    present: { occupied: 0, needed: 0 },
    readAtMillis: 0,
    nowMillis: 1,
    abortSignal,
  });

describe('readDemandHistory', () => {
  test('gives up by itself where CloudWatch does not answer', async () => {
    await expect(read(new AbortController().signal)).rejects.toMatchObject({
      code: 'DEMAND_READ_FAILED',
      message: expect.stringContaining('GetMetricData of what demo needed failed: TimeoutError'),
    });
  });

  test('ends with the invocation, and says so', async () => {
    const reason = new OutOfTimeError('the time is over');
    await expect(read(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
