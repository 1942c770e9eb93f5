import { explanationSentence, type Findings } from '../src/explanation-sentence.js';
import type { Reason, TaskSize } from '../src/index.js';
import { taskSize } from './helpers/synthetic-hosts.js';

const found = (reasons: readonly (readonly [Reason, number])[], others: Partial<Findings> = {}): Findings => ({
  copies: 0,
  isUpperBound: false,
  hostsWithRoom: 0,
  hosts: 3,
  reasons: reasons.map(([reason, hosts]) => ({ reason, hosts })),
  ...others,
});

const all: TaskSize = taskSize(1, 2, {
  gpus: 1,
  tcpPorts: [80],
  udpPorts: [53, 54],
  networkMode: 'awsvpc',
  others: [
    { name: 'disk', amount: 3 },
    { name: 'free tape', amount: 1 },
  ],
  requiredAttributes: [{ name: 'ssd' }],
});

describe('what no host has', () => {
  it.each<[Reason, string]>([
    ['CPU', 'no host has 1 CPU unit free; 3 of 3 hosts are short of CPU'],
    ['MEMORY', 'no host has 2 MiB free; 3 of 3 hosts are short of MEMORY'],
    ['GPU', 'no host has 1 GPU free; 3 of 3 hosts are short of GPU'],
    ['PORTS', 'no host has tcp/80 free; 3 of 3 hosts have tcp/80 taken'],
    ['PORTS_UDP', 'no host has all of udp/53, udp/54 free; 3 of 3 hosts have one of udp/53, udp/54 taken'],
    ['RESOURCE:disk', 'no host has 3 disk free; 3 of 3 hosts are short of RESOURCE:disk'],
    ['RESOURCE:free tape', 'no host has 1 free tape free; 3 of 3 hosts are short of RESOURCE:free tape'],
    ['ENI', 'no host has a network interface free; 3 of 3 hosts have no network interface free'],
    ['ATTRIBUTE', 'no host has attribute ssd; 3 of 3 hosts lack attribute ssd'],
    ['memberOf', 'no host satisfies memberOf; 3 of 3 hosts do not satisfy memberOf'],
    ['distinctInstance', 'no host is without one; 3 of 3 hosts have one already, by distinctInstance'],
    ['AGENT', 'no host takes tasks; 3 of 3 hosts have an AGENT that is not connected'],
    ['DRAINING', 'no host takes tasks; 3 of 3 hosts are DRAINING'],
  ])('by %s', (reason, sentence) => {
    expect(explanationSentence(all, found([[reason, 3]]))).toBe(sentence);
  });

  it.each<[Reason, string]>([
    ['CPU', '1 is short of CPU'],
    ['PORTS', '1 has tcp/80 taken'],
    ['ENI', '1 has no network interface free'],
    ['ATTRIBUTE', '1 lacks attribute ssd'],
    ['memberOf', '1 does not satisfy memberOf'],
    ['distinctInstance', '1 has one already, by distinctInstance'],
    ['AGENT', '1 has an AGENT that is not connected'],
    ['DRAINING', '1 is DRAINING'],
    ['STATUS', '1 is not ACTIVE'],
  ])('is everything where one reason is not everywhere: %s', (reason, clause) => {
    expect(
      explanationSentence(
        all,
        found([
          ['MEMORY', 2],
          [reason, 1],
        ]),
      ),
    ).toBe(
      `no host takes web with 1 CPU unit, 2 MiB, 1 GPU, tcp/80, udp/53, udp/54, a network interface, 3 disk, 1 free tape; ` +
        `2 of 3 hosts are short of MEMORY, ${clause}`,
    );
  });

  it('is everything that is asked for, and nothing else', () => {
    expect(explanationSentence(taskSize(0, 7), found([['MEMORY', 2]]))).toBe(
      'no host takes web with 7 MiB; 2 of 3 hosts are short of MEMORY',
    );
    expect(explanationSentence(taskSize(2, 0), found([['CPU', 2]]))).toBe(
      'no host takes web with 2 CPU units; 2 of 3 hosts are short of CPU',
    );
  });

  it('is the first thing that every host is short of, however many others are told first', () => {
    const reasons = found([
      ['memberOf', 3],
      ['CPU', 3],
      ['MEMORY', 3],
    ]);
    expect(explanationSentence(all, reasons)).toMatch(
      /^no host has 1 CPU unit free; 3 of 3 hosts do not satisfy memberOf, 3 are short of CPU/,
    );
    expect(
      explanationSentence(
        all,
        found([
          ['AGENT', 2],
          ['memberOf', 3],
        ]),
      ),
    ).toMatch(/^no host satisfies memberOf; /);
    expect(
      explanationSentence(
        all,
        found([
          ['memberOf', 2],
          ['distinctInstance', 3],
        ]),
      ),
    ).toMatch(/^no host is without one; /);
    expect(
      explanationSentence(
        all,
        found([
          ['memberOf', 2],
          ['DRAINING', 3],
        ]),
      ),
    ).toMatch(/^no host takes tasks; /);
  });
});

it('tells the value an attribute must have, and that there are several', () => {
  const size = { ...all, requiredAttributes: [{ name: 'ssd', value: '' }] };
  expect(explanationSentence(size, found([['ATTRIBUTE', 3]]))).toBe('no host has attribute ssd=; 3 of 3 hosts lack attribute ssd=');
  const two = { ...all, requiredAttributes: [{ name: 'ssd' }, { name: 'hdd' }] };
  expect(explanationSentence(two, found([['ATTRIBUTE', 3]]))).toBe(
    'no host has every required attribute; 3 of 3 hosts lack a required ATTRIBUTE',
  );
});

it('says how many fit, on how many hosts, and whether that is certain', () => {
  const copies = { copies: 4, hostsWithRoom: 2 };
  expect(explanationSentence(all, found([['CPU', 3]], copies))).toBe('4 more on 2 hosts; then 3 of 3 hosts are short of CPU');
  expect(explanationSentence(all, found([['CPU', 1]], { ...copies, hosts: 1, hostsWithRoom: 1, isUpperBound: true }))).toBe(
    'at most 4 more on 1 host; then 1 of 1 host is short of CPU',
  );
  expect(explanationSentence(all, found([], { hosts: 0 }))).toBe('no host is registered');
});
