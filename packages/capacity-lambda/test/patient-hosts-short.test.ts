import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { patientHostsShort, type TaskUnderWay } from '../src/patient-hosts-short.js';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const HALF = { cpuUnits: 1024, memoryMiB: 2048, gpus: 0 };
const FULL = { cpuUnits: 0, memoryMiB: 0, gpus: 0 };

/** A full host with tasks that have run for so many minutes. */
const host = (ages: readonly number[], changed: Partial<TaskUnderWay> = {}) => ({
  remaining: FULL,
  tasks: ages.map((age) => ({ size: HALF, startedMillis: NOW - age * MINUTE, ...changed })),
});

/** Hosts to add, of three that are short, for a task that came so many seconds ago. */
const short = (hosts: ReadonlyArray<ReturnType<typeof host>>, seconds = 20, size = HALF, hostsShort = 3) =>
  patientHostsShort({ hostsShort, waiting: [{ size, createdMillis: NOW - seconds * 1000 }], hosts, nowMillis: NOW });

describe('patientHostsShort', () => {
  it('leaves the last host for a minute where half a task or more is likely to end in it', () => {
    // Two tasks that have run for four minutes: half a task ends a minute.
    expect(short([host([4, 4])])).toBe(2);
    expect(short([host([4.1, 4.1])])).toBe(3);
    expect(short([host([4]), host([4])])).toBe(2);
    expect([59.999, 60].map((seconds) => short([host([4, 4])], seconds))).toEqual([2, 3]);
  });

  it('counts only tasks whose end makes room for what waits, by each resource', () => {
    for (const amount of ['cpuUnits', 'memoryMiB', 'gpus'] as const) {
      const larger = { ...HALF, [amount]: HALF[amount] + 1 };
      expect(short([host([1, 1])], 20, larger)).toBe(3);
      expect(short([{ ...host([1, 1]), remaining: { ...FULL, [amount]: 1 } }], 20, larger)).toBe(2);
    }
  });

  it('counts no task of a service: another takes its place', () => {
    expect(short([host([1, 1], { group: 'service:web' })])).toBe(3);
    expect(short([host([1, 1], { group: 'family:web' })])).toBe(2);
  });

  it('waits only where every task that waits is new, and each size likely to find room', () => {
    const at = (waiting: Parameters<typeof patientHostsShort>[0]['waiting'], hostsShort = 1) =>
      patientHostsShort({ hostsShort, waiting, hosts: [host([1, 1])], nowMillis: NOW });
    const came = (seconds: number, size = HALF) => ({ size, createdMillis: NOW - seconds * 1000 });
    expect(at([came(1), came(20)])).toBe(0);
    expect(at([came(1), came(61)])).toBe(1);
    expect(at([came(1), came(1, { ...HALF, cpuUnits: 4096 })])).toBe(1);
    // Headroom, or tasks that a service has not asked for: nothing that waits would find room.
    expect(at([])).toBe(1);
    expect(at([came(1)], 0)).toBe(0);
  });

  it('adds at once where nothing runs', () => {
    expect([short([]), short([host([])])]).toEqual([3, 3]);
  });

  it('never adds more than are short, nor more than one less, and the more the longer tasks last', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 8 });
    const waiting = fc.array(fc.record({ seconds: fc.nat(120), cpuUnits: fc.nat(2048) }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(ages, { maxLength: 4 }), waiting, fc.nat(5), (hosts, tasks, hostsShort) => {
        const asked = (factor: number) =>
          patientHostsShort({
            hostsShort,
            waiting: tasks.map(({ seconds, cpuUnits }) => ({ size: { ...HALF, cpuUnits }, createdMillis: NOW - seconds * 1000 })),
            hosts: hosts.map((minutes) => host(minutes.map((minute) => (minute * factor) / 100))),
            nowMillis: NOW,
          });
        const [now, later] = [asked(1), asked(2)];
        expect(now).toBeGreaterThanOrEqual(Math.max(0, hostsShort - 1));
        expect(later).toBeGreaterThanOrEqual(now);
        expect(later).toBeLessThanOrEqual(hostsShort);
      }),
      propertyParameters(300),
    );
  });
});
