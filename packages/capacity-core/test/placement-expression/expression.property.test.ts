import fc from 'fast-check';
import { evaluatePlacementExpression, parsePlacementExpression, printPlacementExpression } from '../../src/index.js';
import { deepFreeze } from '../helpers/deep-freeze.js';
import { holds, READINGS } from '../helpers/expression-oracle.js';
import { expressionArbitrary, factsArbitrary } from '../helpers/placement-expressions.js';
import { check } from '../helpers/property.js';

const FRAGMENTS = [
  ...['attribute:a', 'attribute:', 'task:group', 'agentVersion', 'registeredAt', 'agentConnected', 'runningTasksCount', 'not', 'and', 'or'],
  ...['==', '!=', '=~', '!~', '>', '<=', 'in', '!in', 'exists', '!exists', '(', ')', '[', ']', ',', "'", '"', '&&', '||', '!', ' ', '\n'],
  ...['1.14.5', '2018-02-13', 'true', 'x', '(a|b)+', '[a-z]', '\\', '\\Q', '{2,3}', '*', '?', '$', '\u{1F433}', '__proto__'],
];

describe('parsing and printing', () => {
  it('reads back what it wrote', () => {
    check(
      fc.property(expressionArbitrary, (expression) => {
        deepFreeze(expression);
        const text = printPlacementExpression(expression);
        fc.pre(text.length <= 2000);
        expect(parsePlacementExpression(text)).toStrictEqual({ ok: true, value: expression });
      }),
    );
  });

  it('answers any text with an expression or with a place within it, and never throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join('')),
    );
    check(
      fc.property(texts, (text) => {
        const outcome = parsePlacementExpression(text);
        if (outcome.ok) {
          const again = parsePlacementExpression(printPlacementExpression(outcome.value));
          expect(again).toStrictEqual(outcome);
        } else {
          expect(outcome.error.position).toBeGreaterThanOrEqual(1);
          expect(outcome.error.position).toBeLessThanOrEqual(text.length + 1);
          expect(outcome.error.message).toContain(`at character ${outcome.error.position}; `);
        }
      }),
    );
  });

  it('finds the place of a sign that is out of place', () => {
    check(
      fc.property(expressionArbitrary, (expression) => {
        const text = printPlacementExpression(expression);
        fc.pre(text.length < 2000);
        expect(parsePlacementExpression(`${text})`)).toMatchObject({
          ok: false,
          error: { code: 'UNEXPECTED_TEXT', position: text.length + 1 },
        });
        expect(parsePlacementExpression(`(${text}`)).toMatchObject({ ok: false, error: { code: 'UNCLOSED', position: 1 } });
      }),
    );
  });
});

describe('evaluation', () => {
  it('is certain only where every reading and every unknown fact would end the same', () => {
    check(
      fc.property(expressionArbitrary, factsArbitrary, fc.infiniteStream(fc.boolean()), (expression, facts, guesses) => {
        deepFreeze([expression, facts]);
        const { outcome, doubts } = evaluatePlacementExpression(expression, facts);
        expect(doubts.length > 0).toBe(outcome === 'unknown');
        if (outcome === 'unknown') return;
        for (const reading of READINGS) {
          expect(holds(expression, facts, reading, () => guesses.next().value)).toBe(outcome === 'met');
        }
      }),
    );
  });

  it('is uncertain of one comparison only where two readings differ or a fact is missing', () => {
    check(
      fc.property(expressionArbitrary, factsArbitrary, (expression, facts) => {
        fc.pre(expression.kind === 'comparison');
        const { outcome } = evaluatePlacementExpression(expression, facts);
        const readings = READINGS.flatMap((reading) => [
          holds(expression, facts, reading, () => true),
          holds(expression, facts, reading, () => false),
        ]);
        expect(outcome === 'unknown').toBe(new Set(readings).size > 1);
      }),
    );
  });

  it('turns round under a negation, and keeps its doubts', () => {
    check(
      fc.property(expressionArbitrary, factsArbitrary, (operand, facts) => {
        const plain = evaluatePlacementExpression(operand, facts);
        const opposite = { met: 'unmet', unmet: 'met', unknown: 'unknown' } as const;
        expect(evaluatePlacementExpression({ kind: 'not', operand }, facts)).toStrictEqual({ ...plain, outcome: opposite[plain.outcome] });
      }),
    );
  });
});
