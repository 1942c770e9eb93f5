import { reset, silence, status } from '../test/helpers/bucket.ts';

/** Stores the object, and says so as late as a bucket may. */
const late = (put, store) => {
  store();
  setTimeout(() => status(200)(put, () => {}), 300);
};

const SUCCESS = 'answered SUCCESS';
const FAILED = 'answered FAILED';
const NONE = 'not answered, function fails';

/**
 * What is run: what the bucket does, what the author's code does, and what is expected of this package.
 *
 * Behaviours apply to PUTs in order, the last to all that follow.
 */
export const SCENARIOS = [
  { name: '200', expected: SUCCESS },
  { name: '200, on nodejs24.x', runtime: 'nodejs24.x', expected: SUCCESS },
  { name: '500, then 200', bucket: [status(500), status(200)], expected: SUCCESS },
  { name: '503, then 200', bucket: [status(503), status(200)], expected: SUCCESS },
  { name: '301', bucket: [status(301, 'location: https://localhost/elsewhere\r\n')], expected: NONE },
  { name: '403', bucket: [status(403)], expected: NONE },
  { name: 'Connection reset, then 200', bucket: [reset, status(200)], expected: SUCCESS },
  { name: 'Connection stalls, then 200', bucket: [silence, status(200)], expected: SUCCESS },
  { name: 'Certificate of another host', certificate: 'wrongHost', expected: NONE },
  { name: 'Reason of 5,000 multibyte bytes', work: 'fails at length', expected: FAILED },
  { name: '`Data` with 60 multibyte characters', work: 'returns multibyte Data', expected: SUCCESS },
  { name: '`Data` over 4,096 bytes', work: 'returns large Data', expected: FAILED },
  { name: 'Circular `Data`', work: 'returns circular Data', expected: FAILED },
  { name: '`Data` with a BigInt', work: 'returns a BigInt', expected: FAILED },
  { name: 'Handler throws', work: 'throws', expected: FAILED },
  { name: 'Handler never settles', work: 'hangs', expected: FAILED },
  { name: 'Handler settles twice', work: 'settles twice', bucket: [late], expected: SUCCESS },
].map((scenario) => ({ bucket: [status(200)], certificate: 'right', work: 'succeeds', runtime: 'nodejs22.x', ...scenario }));
