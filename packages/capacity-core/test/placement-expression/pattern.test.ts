import fc from 'fast-check';
import { compilePattern, matchesPattern } from '../../src/placement-expression/pattern.js';
import type { PatternError } from '../../src/placement-expression/pattern-node.js';
import { check } from '../helpers/property.js';

function matched(source: string, text: string, extent: 'whole' | 'part' = 'whole'): boolean | PatternError {
  const pattern = compilePattern(source);
  return pattern.ok ? matchesPattern(pattern.value, text, extent) : pattern.error;
}

describe('what a pattern matches as a whole', () => {
  it.each<[pattern: string, matching: readonly string[], others: readonly string[]]>([
    ['', [''], ['a']],
    ['g2.*', ['g2', 'g2.large'], ['ag2', 'g']],
    ['a.c', ['abc', 'a\u{1F433}c', 'a.c', 'a\tc'], ['ac', 'a\nc', 'a\rc', 'a\u2028c', 'a\u2029c', 'a\u0085c', 'abbc']],
    ['a|bc|', ['a', 'bc', ''], ['b', 'abc', 'c']],
    ['(a|b)c', ['ac', 'bc'], ['abc', 'c']],
    ['(?:a|b)+', ['a', 'abba'], ['', 'c']],
    ['a*', ['', 'aaa'], ['b']],
    ['a+', ['a', 'aaa'], ['']],
    ['a?b', ['b', 'ab'], ['aab']],
    ['a{2}', ['aa'], ['a', 'aaa']],
    ['a{2,}', ['aa', 'aaaa'], ['a']],
    ['a{1,3}', ['a', 'aa', 'aaa'], ['', 'aaaa']],
    ['a{0}b', ['b'], ['ab']],
    ['a{0,0}', [''], ['a']],
    ['(ab){2}c', ['ababc'], ['abc', 'abababc']],
    ['a*?b', ['b', 'aab'], ['a']],
    ['a+?', ['a', 'aa'], ['']],
    ['a??', ['', 'a'], ['aa']],
    ['a{1,2}?', ['a', 'aa'], ['', 'aaa']],
    ['(a*)*', ['', 'aa'], ['b']],
    ['(a|b*)*c', ['c', 'abbac'], ['ab']],
    ['^a$', ['a'], ['aa', '']],
    ['(^a|b)+', ['ab', 'b', 'abb'], ['ba']],
    ['(a$|b)+', ['ba', 'bb'], ['ab']],
    ['a^b', [], ['ab', 'a^b']],
    ['[abc]', ['a', 'c'], ['d', '', 'ab']],
    ['[^abc]', ['d', '^', '\n'], ['a', '']],
    ['[a-c^]', ['b', '^'], ['d', '-']],
    ['[a-]', ['a', '-'], ['b']],
    ['[-a]', ['a', '-'], ['b']],
    ['[a\\-c]', ['a', '-', 'c'], ['b', '\\']],
    ['[\\]x]', [']', 'x'], ['\\']],
    ['[\\d_]', ['0', '9', '_'], ['a', '/', ':']],
    ['[^\\d_]', ['a'], ['0', '_']],
    ['[\\D]', ['a', '/', ':', '\u{10FFFF}', '\0'], ['0', '9']],
    ['[a&b]', ['a', '&', 'b'], ['c']],
    ['[.*+?(){}|$]', ['.', '*', '+', '?', '(', ')', '{', '}', '|', '$'], ['a', '\\']],
    ['[\u{1F432}-\u{1F434}]', ['\u{1F433}'], ['\u{1F435}', '\uD83D']],
    ['\\d', ['0', '9'], ['a', '\u0660', '/', ':']],
    ['\\D', ['a', '/', ':', '\u0660', '\u{10FFFF}', '\0'], ['0', '9']],
    ['\\w', ['a', 'z', 'A', 'Z', '0', '9', '_'], ['-', 'é', '@', '[', '`', '{', '/', ':', '^']],
    ['\\W', ['-', '@', '[', '`', '{', '/', ':', '^', '\u{10FFFF}', '\0'], ['a', 'z', 'A', 'Z', '0', '9', '_']],
    ['\\s', [' ', '\t', '\n', '\v', '\f', '\r'], ['\u00a0', 'x', '\b', '\u000e', '!', '\u001f']],
    ['\\S', ['x', '\b', '\u000e', '!', '\u001f', '\u00a0'], [' ', '\t', '\r']],
    ['\\t\\n\\r\\f\\a\\e', ['\t\n\r\f\u0007\u001b'], ['tnrfae']],
    ['\\.\\*\\\\\\-\\é', ['.*\\-é'], ['a*\\-é']],
    ['\\Qa.*(\\Eb', ['a.*(b'], ['aab', 'a.*(']],
    ['\\Qa\\b', ['a\\b'], ['ab']],
    ['x\\Q\\E', ['x'], ['']],
    ['}]', ['}]'], ['}']],
    ['m5\\.(2|4|8)?xlarge', ['m5.xlarge', 'm5.2xlarge'], ['m5.12xlarge', 'm5axlarge']],
  ])('%s', (pattern, matching, others) => {
    for (const text of matching) expect([text, matched(pattern, text)]).toStrictEqual([text, true]);
    for (const text of others) expect([text, matched(pattern, text)]).toStrictEqual([text, false]);
  });

  it.each<[pattern: string, text: string, expected: boolean]>([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['^a', 'abc', true],
    ['c$', 'abc', true],
    ['b$', 'abc', false],
    ['', 'abc', true],
    ['', '', true],
    ['bc', 'abdbc', true],
    ['d', 'abc', false],
    ['c', 'abc', true],
    ['^$', '', true],
    ['^$', 'a', false],
  ])('%s within %s: %s', (pattern, text, expected) => {
    expect(matched(pattern, text, 'part')).toBe(expected);
  });
});

describe('refusals', () => {
  it.each<[string, PatternError['code'], number, string, string]>([
    ['a)b', 'INVALID_PATTERN', 1, "')' without a '(' in a pattern", 'write \\) for the sign itself'],
    ['a(b', 'INVALID_PATTERN', 1, "'(' without an end in a pattern", 'close it, or write \\( for the sign itself'],
    ['*a', 'INVALID_PATTERN', 0, "'*' with nothing to repeat", 'write \\* for the sign itself'],
    ['a|+', 'INVALID_PATTERN', 2, "'+' with nothing to repeat", 'write \\+ for the sign itself'],
    ['(?', 'UNSUPPORTED_PATTERN', 0, "a group with '?' in a pattern", 'use plain groups, or (?:…)'],
    ['a**', 'INVALID_PATTERN', 2, "'*' with nothing to repeat", 'write \\* for the sign itself'],
    ['?', 'INVALID_PATTERN', 0, "'?' with nothing to repeat", 'write \\? for the sign itself'],
    ['a{', 'INVALID_PATTERN', 1, "'{' with nothing to repeat", 'write \\{ for the sign itself'],
    ['a{,3}', 'INVALID_PATTERN', 1, "'{' with nothing to repeat", 'write \\{ for the sign itself'],
    ['a{1}{2}', 'INVALID_PATTERN', 4, "'{' with nothing to repeat", 'write \\{ for the sign itself'],
    ['a{3,2}', 'INVALID_PATTERN', 1, "'{3,2}' repeats from more to less", 'write the lesser first'],
    ['[]', 'INVALID_PATTERN', 0, 'an empty class in a pattern', 'write \\] for the sign itself'],
    ['x[^]a]', 'INVALID_PATTERN', 1, 'an empty class in a pattern', 'write \\] for the sign itself'],
    ['x[ab', 'INVALID_PATTERN', 1, "'[' without an end in a pattern", 'close it, or write \\[ for the sign itself'],
    ['x[a-', 'INVALID_PATTERN', 1, "'[' without an end in a pattern", 'close it, or write \\[ for the sign itself'],
    ['[xz-a]', 'INVALID_PATTERN', 2, 'a range without two ends in order', 'write \\- for the sign itself'],
    ['[a-\\d]', 'INVALID_PATTERN', 1, 'a range without two ends in order', 'write \\- for the sign itself'],
    ['[\\d-a]', 'INVALID_PATTERN', 1, 'a range without two ends in order', 'write \\- for the sign itself'],
    ['x\\', 'INVALID_PATTERN', 1, "'\\' at the end of a pattern", 'write \\\\ for the sign itself'],
    ['[a\\', 'INVALID_PATTERN', 2, "'\\' at the end of a pattern", 'write \\\\ for the sign itself'],
    ['a*+', 'UNSUPPORTED_PATTERN', 1, "possessive quantifier '*+'", "use '*'"],
    ['a{1,2}+', 'UNSUPPORTED_PATTERN', 1, "possessive quantifier '{1,2}+'", "use '{1,2}'"],
    ['^*', 'UNSUPPORTED_PATTERN', 1, "'*' after ^ or $", 'repeat something else'],
    ['a$?', 'UNSUPPORTED_PATTERN', 2, "'?' after ^ or $", 'repeat something else'],
    ['a(?i)b', 'UNSUPPORTED_PATTERN', 1, "a group with '?' in a pattern", 'use plain groups, or (?:…)'],
    ['(?<n>a)', 'UNSUPPORTED_PATTERN', 0, "a group with '?' in a pattern", 'use plain groups, or (?:…)'],
    ['(a)\\1', 'UNSUPPORTED_PATTERN', 3, "'\\1' in a pattern", 'use \\d \\w \\s \\D \\W \\S, or spell the characters out'],
    ['a\\b', 'UNSUPPORTED_PATTERN', 1, "'\\b' in a pattern", 'use \\d \\w \\s \\D \\W \\S, or spell the characters out'],
    ['\\p{L}', 'UNSUPPORTED_PATTERN', 0, "'\\p' in a pattern", 'use \\d \\w \\s \\D \\W \\S, or spell the characters out'],
    ['[\\x]', 'UNSUPPORTED_PATTERN', 1, "'\\x' in a pattern", 'use \\d \\w \\s \\D \\W \\S, or spell the characters out'],
    ['[a[b]]', 'UNSUPPORTED_PATTERN', 2, 'a class within a class', 'write one class, with \\ before [ and &'],
    ['[a-[b]]', 'UNSUPPORTED_PATTERN', 3, 'a class within a class', 'write one class, with \\ before [ and &'],
    ['[a&&b]', 'UNSUPPORTED_PATTERN', 2, 'a class within a class', 'write one class, with \\ before [ and &'],
    ['\\Qab\\E*', 'UNSUPPORTED_PATTERN', 6, 'a quantifier after \\E', 'put what is repeated in a group'],
    ['a{4001}', 'PATTERN_TOO_LARGE', 1, "'{4001}'", 'repeat 4000 times at the most'],
    ['a{1,4001}', 'PATTERN_TOO_LARGE', 1, "'{1,4001}'", 'repeat 4000 times at the most'],
    ['a{4001,}', 'PATTERN_TOO_LARGE', 1, "'{4001,}'", 'repeat 4000 times at the most'],
    ['((a{99}){99}){99}', 'PATTERN_TOO_LARGE', 0, 'a pattern of more than 4000 states', 'repeat less'],
    [`${'('.repeat(101)}a${')'.repeat(101)}`, 'PATTERN_TOO_LARGE', 101, 'more than 100 groups within one another', 'nest less'],
  ])('%s', (pattern, code, index, problem, remedy) => {
    expect(matched(pattern, '')).toStrictEqual({ code, index, problem, remedy });
  });

  it('takes 100 groups within one another, and 4,000 states', () => {
    expect(matched(`${'('.repeat(100)}a${')'.repeat(100)}`, 'a')).toBe(true);
    expect(matched('a{2000}', 'a'.repeat(2000))).toBe(true);
    expect(matched('a{2001}', '')).toMatchObject({ code: 'PATTERN_TOO_LARGE' });
  });

  it.each(['(a+)+$', '(a|a)*$', '(a|aa)+$', '(.*a){20}$', '(a*)*b', '((a?){30})(a{30})$', '(((a{1,8}){1,8}){1,8})b'])(
    '%s does not run away',
    (pattern) => {
      expect(matched(pattern, `${'a'.repeat(2000)}!`)).toBe(false);
    },
  );

  it('compiles no more states than it allows', () => {
    const repeated = fc.array(fc.constantFrom('(', ')', 'a', '|', '*', '+', '?', '{0,9}', '{30}', '{5,}', '[^x]'), { maxLength: 40 });
    check(
      fc.property(repeated, (parts) => {
        const pattern = compilePattern(parts.join(''));
        // One more to accept in.
        if (pattern.ok) expect(pattern.value.states.length).toBeLessThanOrEqual(4001);
      }),
    );
  });
});

describe('agreement with the regular expressions of JavaScript', () => {
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom('a', 'b', '.', '\\d', '[^a]', '[a-b]', '\\.', '1', '', '\\w', '[\\Wa]', '\\S'),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}${b}`),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,3}', '{2,}', '*?', '+?')).map(([a, q]) => `(${a})${q}`),
      tie('pattern').map((a) => `(?:^${a})`),
      tie('pattern').map((a) => `(?:${a}$)`),
    ),
  }));

  it('matches the same texts, whole and in part', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '1', ' ', '\u{1F433}'), maxLength: 7 });
    check(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 8 }), (source, texts) => {
        const compiled = compilePattern(source);
        fc.pre(compiled.ok && compiled.value.states.length < 300);
        for (const one of texts) {
          expect([one, matched(source, one)]).toStrictEqual([one, new RegExp(`^(?:${source})$`, 'u').test(one)]);
          expect([one, matched(source, one, 'part')]).toStrictEqual([one, new RegExp(source, 'u').test(one)]);
        }
      }),
    );
  });
});
