import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { sanitiseReason, trimToBytes } from '../src';

const ESC = '\u001b';
const encoded = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;
/** Text in characters of one to four bytes, with what JSON escapes. */
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom('a', 'é', '✓', '🚢', '"', '\\', '\n', '\t'), fc.string({ unit: 'binary', maxLength: 1 })),
});

describe('sanitiseReason', () => {
  test.each([
    ['colours', `${ESC}[31mred${ESC}[0m ${ESC}[1;38;5;208mbold${ESC}[m`, 'red bold'],
    ['cursor movement', `${ESC}[2K${ESC}[1Gdone${ESC}[?25h`, 'done'],
    ['a window title', `${ESC}]0;secret title\u0007text`, 'text'],
    ['a link', `${ESC}]8;;https://harbour.test${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    ['8-bit sequences', '\u009b31mred\u009b0m', 'red'],
    ['a title without end', `${ESC}]0;title`, '0;title'],
    ['short escapes', `${ESC}(B${ESC}7text${ESC}8`, 'text'],
    ['an escape at the end', `text${ESC}`, 'text'],
    ['bells, nulls and deletes', 'a\u0000b\u0007c\u007fd\u0085e', 'abcde'],
    ['progress bars', '10%\r20%\r\ndone', '10%\n20%\ndone'],
    ['non-characters', 'a\ufffeb\uffffc', 'abc'],
    ['half characters', 'a\ud83db\udea2c', 'a\ufffdb\ufffdc'],
    ['tabs, lines and other scripts', 'a\tb\nc é ✓ 🚢 汉', 'a\tb\nc é ✓ 🚢 汉'],
  ])('%s', (_name, text, expected) => {
    expect(sanitiseReason(text)).toBe(expected);
  });

  test('leaves no control character but tab and line feed in any text, and is done in one go', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(ESC, '[', ']', '0', ';', 'm', '\u0007', 'x') }),
        (text, codes) => {
          const clean = sanitiseReason(text + codes);
          expect(clean).not.toMatch(/(?![\t\n])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/u);
          expect(sanitiseReason(clean)).toBe(clean);
        },
      ),
      propertyParameters(500),
    );
  });

  test('takes time in proportion on text made to stall it', () => {
    const hostile = `${ESC}]`.repeat(50_000) + `${ESC}[`.repeat(50_000) + ESC.repeat(50_000);
    expect(sanitiseReason(hostile)).toHaveLength(0);
  });
});

describe('trimToBytes', () => {
  const mixed = 'aé✓🚢"\\\n'.repeat(4);

  const offsets = Array.from({ length: encoded(mixed) + 3 }, (_, bytes) => bytes);
  const cutAt = (bytes: number, keep: 'start' | 'end'): string => trimToBytes(mixed, bytes, { keep });

  test.each(['start', 'end'] as const)('cut at every offset: whole characters, never too many bytes (%s kept)', (keep) => {
    for (const bytes of offsets) {
      const cut = cutAt(bytes, keep);
      expect(encoded(cut)).toBeLessThanOrEqual(bytes);
      expect(cut).not.toMatch(/\p{Surrogate}|\ufffd/u);
      const bare = cut.replace('…', '');
      expect(keep === 'start' ? mixed.slice(0, bare.length) : mixed.slice(mixed.length - bare.length)).toBe(bare);
    }
  });

  test.each(['start', 'end'] as const)('cut at every offset: as much as fits, marked where it is cut (%s kept)', (keep) => {
    for (const bytes of offsets.filter((offset) => offset < encoded(mixed))) {
      const cut = cutAt(bytes, keep);
      // The next character is at most 4 bytes, the mark 3.
      expect(encoded(cut)).toBeGreaterThan(bytes - 7);
      expect(cut.indexOf('…')).toBe(bytes < 3 ? -1 : keep === 'start' ? cut.length - 1 : 0);
    }
    for (const bytes of offsets.filter((offset) => offset >= encoded(mixed))) expect(cutAt(bytes, keep)).toBe(mixed);
  });

  test('any text, any size', () => {
    fc.assert(
      fc.property(anyText, fc.nat(200), fc.constantFrom('start' as const, 'end' as const), (text, bytes, keep) => {
        const cut = trimToBytes(text, bytes, { keep });
        expect(encoded(cut)).toBeLessThanOrEqual(bytes);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
      propertyParameters(1000),
    );
  });

  test('keeps the start unless told otherwise, and reads no more than it needs', () => {
    expect(trimToBytes('facts then log', 8)).toBe('facts…');
    expect(trimToBytes('old log then last line', 12, { keep: 'end' })).toBe('…last line');
    expect(trimToBytes('x'.repeat(100_000_000), 10)).toBe('xxxxxxx…');
    expect(trimToBytes('abc', 0)).toBe('');
    expect(trimToBytes('abc', -5)).toBe('');
  });
});
