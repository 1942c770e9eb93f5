import type { Result, TaskSize } from '@plimsoll/capacity-core';
import { createRandom, type SeededRandom } from '../../virtual-time/seeded-random.js';
import { type Arrival, type Level, plainSize, type ServicePlan, type Workload, workloadOf } from '../workload.js';
import { refused, type TraceError } from './trace-error.js';

const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 3_600_000;
/** Most tasks and hours that are made: beyond them a slip of the keyboard is likelier than a wish. */
const MOST_TASKS = 2_000_000;
const MOST_HOURS = 10_000;

/** Keys of each pattern, and what they are where they are not given. */
const PATTERNS = {
  /** A service that follows a load with one peak a day; `tasks` at the peak, `trough` of it at night. */
  diurnal: { hours: 48, tasks: 20, trough: 0.25, start: 30 },
  /** Standalone tasks that come by chance, and now and then many at once. */
  bursty: { hours: 24, rate: 60, duration: 600, every: 120, burst: 40 },
  /** A service that is deployed anew time and again. */
  deployments: { hours: 24, tasks: 20, every: 180, minimum: 100, maximum: 200, start: 30 },
  /** Many standalone tasks at a time, at fixed intervals. */
  batch: { hours: 24, tasks: 60, every: 240, duration: 1800 },
  /** A daemon on each host. */
  daemon: { hours: 0 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

type PatternName = keyof typeof PATTERNS;

interface Part {
  readonly pattern: PatternName;
  readonly keys: ReadonlyMap<string, number>;
  readonly sizes: readonly [Amounts, ...Amounts[]];
}

type Amounts = Pick<TaskSize, 'cpuUnits' | 'memoryMiB'>;

const FORM = 'write PATTERN[:KEY=NUMBER,…][+PATTERN…], with size=CPU:MEMORY[|CPU:MEMORY…] among the keys';

/**
 * Makes a workload from a text and a seed.
 *
 * `PATTERN[:KEY=VALUE[,KEY=VALUE…]][+PATTERN…]`. Patterns: `diurnal`, `bursty`, `deployments`, `batch`, `daemon`. Every one takes
 * `size=CPU:MEMORY` in units and MiB (512:1024); `bursty` and `batch` take several divided by `|`, of which each task has one by
 * chance. `hours` is how long it goes on; `every` is in minutes, `duration` and `start` in seconds, `rate` in tasks an hour, `minimum`
 * and `maximum` in percent, `trough` a fraction of `tasks`.
 *
 * @example
 * generateWorkload('diurnal:tasks=40,hours=72+batch:size=1024:4096|2048:2048', 7);
 */
export function generateWorkload(spec: string, seed: number): Result<Workload, TraceError> {
  const parts: Part[] = [];
  for (const text of spec.split('+')) {
    const part = parsePart(text.trim());
    if (!part.ok) return part;
    parts.push(part.value);
  }
  const random = createRandom(seed);
  const sizes: TaskSize[] = [];
  const arrivals: Arrival[] = [];
  const services: ServicePlan[] = [];
  let endMillis = 0;
  for (const [index, part] of parts.entries()) {
    const tooMuch = problemOf(part);
    if (tooMuch !== undefined) return refused('WRONG_VALUE', tooMuch);
    const own = random.fork();
    const name = `${part.pattern}-${index + 1}`;
    endMillis = Math.max(endMillis, numberOf(part, 'hours') * HOUR_MILLIS);
    if (part.pattern === 'bursty' || part.pattern === 'batch') {
      const first = sizes.length;
      sizes.push(...part.sizes.map((amounts, place) => plainSize({ name: `${name}-${place + 1}`, ...amounts })));
      const draw = (): number => first + own.below(part.sizes.length);
      arrivals.push(...(part.pattern === 'bursty' ? burstyArrivals(part, own, draw) : batchArrivals(part, own, draw)));
    } else services.push(serviceOf(name, part));
  }
  return { ok: true, value: workloadOf({ sizes, arrivals, services, endMillis }) };
}

function parsePart(text: string): Result<Part, TraceError> {
  const [, name = '', list = ''] = /^([a-z]+)(?::(.*))?$/.exec(text) ?? [];
  if (name === '') return refused('FORM', `${JSON.stringify(text.slice(0, 60))} is no pattern: ${FORM}`);
  if (!isPattern(name)) return refused('UNKNOWN_PATTERN', `there is no pattern ${name}: write one of ${Object.keys(PATTERNS).join(', ')}`);
  const keys = new Map<string, number>(Object.entries(PATTERNS[name]));
  let sizes: readonly [Amounts, ...Amounts[]] = [{ cpuUnits: 512, memoryMiB: 1024 }];
  for (const pair of list === '' ? [] : list.split(',')) {
    const read = parsePair(pair, name, keys);
    if (!read.ok) return read;
    if (read.value.sizes !== undefined) sizes = read.value.sizes;
    else keys.set(read.value.key, read.value.number);
  }
  return { ok: true, value: { pattern: name, keys, sizes } };
}

interface Pair {
  readonly key: string;
  readonly number: number;
  readonly sizes?: readonly [Amounts, ...Amounts[]];
}

function parsePair(pair: string, name: string, keys: ReadonlyMap<string, number>): Result<Pair, TraceError> {
  const [, key = '', value = ''] = /^([a-z]+)=(.+)$/.exec(pair.trim()) ?? [];
  if (key === 'size') {
    const sizes = parseSizes(value);
    if (sizes === undefined) return refused('WRONG_VALUE', `size is ${JSON.stringify(value.slice(0, 60))}: write CPU:MEMORY, as 512:1024`);
    return { ok: true, value: { key, number: 0, sizes } };
  }
  if (!keys.has(key)) {
    return refused(
      'UNKNOWN_KEY',
      `${name} has no key ${JSON.stringify(pair.slice(0, 40))}: write any of size, ${[...keys.keys()].join(', ')}`,
    );
  }
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(value))
    return refused('WRONG_VALUE', `${key} is ${JSON.stringify(value.slice(0, 40))}: write a number`);
  if (key === 'every' && Number(value) < 1) return refused('WRONG_VALUE', 'every is below a minute: write 1 or more');
  return { ok: true, value: { key, number: Number(value) } };
}

function isPattern(name: string): name is PatternName {
  return Object.hasOwn(PATTERNS, name);
}

function parseSizes(text: string): readonly [Amounts, ...Amounts[]] | undefined {
  const [first, ...others] = text.split('|').map((part) => {
    const [, cpu, memory] = /^(\d{1,7}):(\d{1,8})$/.exec(part) ?? [];
    return cpu === undefined ? undefined : { cpuUnits: Number(cpu), memoryMiB: Number(memory) };
  });
  const known = others.filter((amounts) => amounts !== undefined);
  return first === undefined || known.length < others.length ? undefined : [first, ...known];
}

function numberOf(part: Part, key: string): number {
  return part.keys.get(key) ?? 0;
}

/** What is too much about a part; `undefined` where nothing is. */
function problemOf(part: Part): string | undefined {
  const hours = numberOf(part, 'hours');
  if (hours > MOST_HOURS) return `${part.pattern} goes on for ${hours} hours: write at most ${MOST_HOURS}`;
  const times = 1 + (hours * 60) / Math.max(1, numberOf(part, 'every'));
  const tasks = hours * numberOf(part, 'rate') + times * Math.max(numberOf(part, 'burst'), numberOf(part, 'tasks'));
  return tasks > MOST_TASKS ? `${part.pattern} makes about ${Math.round(tasks)} tasks: ask for at most ${MOST_TASKS}` : undefined;
}

/** Waits of a process without memory: https://en.wikipedia.org/wiki/Poisson_point_process. */
function exponential(random: SeededRandom, mean: number): number {
  return Math.round(-Math.log(1 - random.next()) * mean);
}

function burstyArrivals(part: Part, random: SeededRandom, draw: () => number): readonly Arrival[] {
  const endMillis = numberOf(part, 'hours') * HOUR_MILLIS;
  const arrivals: Arrival[] = [];
  const add = (atMillis: number): void => {
    const durationMillis = exponential(random, numberOf(part, 'duration') * 1000);
    arrivals.push({ atMillis, durationMillis, size: draw() });
  };
  const gapMillis = HOUR_MILLIS / Math.max(numberOf(part, 'rate'), 1e-6);
  for (let at = exponential(random, gapMillis); at < endMillis; at += Math.max(1, exponential(random, gapMillis))) add(at);
  const everyMillis = numberOf(part, 'every') * MINUTE_MILLIS;
  for (let at = exponential(random, everyMillis); at < endMillis; at += Math.max(1, exponential(random, everyMillis))) {
    for (let task = 0; task < numberOf(part, 'burst'); task += 1) add(at);
  }
  return arrivals;
}

function batchArrivals(part: Part, random: SeededRandom, draw: () => number): readonly Arrival[] {
  const endMillis = numberOf(part, 'hours') * HOUR_MILLIS;
  const arrivals: Arrival[] = [];
  for (let at = 0; at < endMillis; at += numberOf(part, 'every') * MINUTE_MILLIS) {
    for (let task = 0; task < numberOf(part, 'tasks'); task += 1) {
      const durationMillis = Math.round(numberOf(part, 'duration') * 1000 * (0.8 + 0.4 * random.next()));
      arrivals.push({ atMillis: at, durationMillis, size: draw() });
    }
  }
  return arrivals;
}

function serviceOf(name: string, part: Part): ServicePlan {
  const size = plainSize({ name, ...part.sizes[0] });
  if (part.pattern === 'daemon') return { name, size, strategy: 'DAEMON' };
  const endMillis = numberOf(part, 'hours') * HOUR_MILLIS;
  const tasks = numberOf(part, 'tasks');
  const service = { name, size, startSeconds: numberOf(part, 'start') };
  if (part.pattern === 'diurnal') {
    const least = Math.max(1, Math.floor(tasks * numberOf(part, 'trough')));
    const load: Level[] = [];
    for (let at = 0; at <= endMillis; at += 5 * MINUTE_MILLIS) {
      const share = (1 - Math.cos((2 * Math.PI * at) / (24 * HOUR_MILLIS))) / 2;
      // To the thousandth, so that the last digits of a machine's cosine do not count.
      load.push({ atMillis: at, value: Math.round((least + (tasks - least) * share) * 1000) / 1000 });
    }
    // The target is below what a task can carry, as it is in practice.
    return { ...service, load, targetTracking: { target: 0.9, minimum: least, maximum: 2 * tasks } };
  }
  const deploymentsAtMillis: number[] = [];
  const everyMillis = numberOf(part, 'every') * MINUTE_MILLIS;
  for (let at = everyMillis; at < endMillis; at += everyMillis) deploymentsAtMillis.push(at);
  return {
    ...service,
    desired: [{ atMillis: 0, value: tasks }],
    deploymentsAtMillis,
    minimumHealthyPercent: numberOf(part, 'minimum'),
    maximumPercent: numberOf(part, 'maximum'),
  };
}
