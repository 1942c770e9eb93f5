import type { Reason } from '../src/index.js';
import { compareReasons } from '../src/reason.js';

it('reasons are told in one order: resources, then those of the user’s own by name, then the rest', () => {
  const order: readonly Reason[] = [
    'CPU',
    'MEMORY',
    'GPU',
    'PORTS',
    'PORTS_UDP',
    'RESOURCE:disk',
    'RESOURCE:tape',
    'ENI',
    'ATTRIBUTE',
    'memberOf',
    'distinctInstance',
    'AGENT',
    'DRAINING',
    'STATUS',
  ];
  for (const [i, one] of order.entries()) {
    for (const [j, other] of order.entries())
      expect([one, other, Math.sign(compareReasons(one, other))]).toEqual([one, other, Math.sign(i - j)]);
  }
});
