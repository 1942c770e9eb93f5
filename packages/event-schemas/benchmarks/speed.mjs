// Prints how long one candidate takes for a sound and for a faulty event, as ratios to JSON.parse of the sound one.
//
//   node speed.mjs bundle.cjs resources
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { containerInstanceEvent, faultyEvent } from './event.mjs';

const [, , bundle, resources] = process.argv;
const { check } = createRequire(import.meta.url)(bundle);
const text = JSON.stringify(containerInstanceEvent(Number(resources)));
const faultyText = JSON.stringify(faultyEvent(Number(resources)));

const BATCH = 256;
// Copies fresh from the parser, in turn: one object looked at again and again would lie in the processor's nearest memory.
const sound = Array.from({ length: BATCH }, () => JSON.parse(text));
const faulty = Array.from({ length: BATCH }, () => JSON.parse(faultyText));
const ROUNDS = 25;
const work = {
  yardstick: () => JSON.parse(text).detail.version,
  sound: (turn) => check(sound[turn]).length,
  faulty: (turn) => check(faulty[turn]).length,
};
if (work.sound(0) !== 0 || work.faulty(0) !== 1) throw new RangeError(`${bundle} judges the events wrongly`);

const shortest = { yardstick: Number.POSITIVE_INFINITY, sound: Number.POSITIVE_INFINITY, faulty: Number.POSITIVE_INFINITY };
let checksum = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(work)) {
    const start = performance.now();
    for (let turn = 0; turn < BATCH; turn += 1) checksum += run(turn);
    // The first rounds warm up; other work on the machine only ever adds time.
    if (round >= 5) shortest[name] = Math.min(shortest[name], performance.now() - start);
  }
}
console.log(
  JSON.stringify({
    sound: shortest.sound / shortest.yardstick,
    faulty: shortest.faulty / shortest.yardstick,
    soundPerSecond: (BATCH * 1000) / shortest.sound,
    checksum,
  }),
);
