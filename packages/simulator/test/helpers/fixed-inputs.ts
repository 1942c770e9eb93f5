/** A clock that advances by one second at each reading, from 2026-01-01T00:00:00.250Z. */
export function steppingClock(): () => Date {
  let readings = 0;
  return () => {
    readings += 1;
    return new Date(Date.UTC(2026, 0, 1, 0, 0, readings, 250));
  };
}

/** Identifiers that count up: 32 digits in the form of a UUID without hyphens. */
export function countingIds(): () => string {
  let drawn = 0;
  return () => {
    drawn += 1;
    return String(drawn).padStart(32, '0');
  };
}
