import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loose } from './synthetic-events';

/** Folder of recorded data, if there is one on this machine. */
const samples = process.env.PLIMSOLL_SAMPLES;

/** `describe` where recorded data is there, visibly skipped where it is not. */
export const describeRecorded = samples === undefined ? describe.skip : describe;

/** Names of the recorded JSON files of one folder, in order; none without recorded data. */
export function recordedFiles(folder: 'events' | 'cloudformation'): string[] {
  if (samples === undefined) return [];
  const names = readdirSync(join(samples, folder)).filter((name) => name.endsWith('.json'));
  return names.sort();
}

/** One recorded file, parsed anew each time. */
export function recorded(folder: 'events' | 'cloudformation', name: string): Loose {
  return JSON.parse(readFileSync(join(samples ?? '', folder, name), 'utf8'));
}

/** One file of several that were recorded one after another. */
interface StreamLine {
  readonly name: string;
  /** Line of the recording. */
  readonly line: number;
}

/** Recorded streams: names of the files of each recording, in order of arrival. */
export function recordedStreams(): [recording: string, files: string[]][] {
  if (samples === undefined) return [];
  const recordings = new Map<string, StreamLine[]>();
  for (const row of readFileSync(join(samples, 'events', 'index.tsv'), 'utf8').split('\n')) {
    const [name = '', source = ''] = row.split('\t');
    const [, recording, line = '1'] = /^(.*testdata\/.*\.json)@blob:\w+(?:#L(\d+))?$/.exec(source) ?? [];
    if (recording === undefined) continue;
    recordings.set(recording, [...(recordings.get(recording) ?? []), { name, line: Number(line) }]);
  }
  return [...recordings]
    .filter(([, lines]) => lines.length > 1)
    .map(([recording, lines]) => [recording, lines.sort((a, b) => a.line - b.line).map(({ name }) => name)]);
}
