import type { Truth } from './truth.js';

/** Numbers of a version, most significant first. */
export type Version = readonly number[];

/** Reads up to four numbers with dots between; `undefined` for anything else. */
export function readVersion(text: string): Version | undefined {
  return /^[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}$/.test(text) ? text.split('.').map(Number) : undefined;
}

/**
 * Compares two versions number by number; a number that is not there counts as 0.
 *
 * @returns below 0, 0 or above 0, as the first is older, the same or newer
 */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether two versions are equal. Amazon ECS documents "string equality", so `1.14` and `1.14.0`, one version in two strings, are in doubt.
 */
export function equalVersions(a: string, b: string): Truth {
  const [left, right] = [readVersion(a), readVersion(b)];
  if (left === undefined || right === undefined) return undefined;
  const same = compareVersions(left, right) === 0;
  return same === (a === b) ? same : undefined;
}
