import { isDeepStrictEqual } from 'node:util';
import { type ParseResult, parseEcsEvent, parseEnvelope, unwrapEvents } from '@plimsoll/event-schemas';
import { propertyParameters } from '@plimsoll/test-support';
import fc from 'fast-check';
import { mutated, mutations } from './helpers/mutations';
import { recorded, recordedFiles } from './helpers/recorded';
import { SCHEMA_CASES } from './helpers/schema-cases';

const originals: readonly unknown[] = [
  ...SCHEMA_CASES.flatMap((schema) => [schema.whole(), schema.minimal()]),
  ...recordedFiles('events').map((name) => recorded('events', name)),
  ...recordedFiles('cloudformation').map((name) => recorded('cloudformation', name)),
];
const notification = (event: unknown) => ({ Type: 'Notification', TopicArn: 't', Message: JSON.stringify(event) });
const carriers: readonly ((event: unknown) => unknown)[] = [
  (event) => event,
  (event) => ({ Records: [{ messageId: 'm', body: JSON.stringify(event) }] }),
  (event) => ({ Records: [{ messageId: 'm', body: JSON.stringify(notification(event)) }] }),
  (event) => ({ Records: [{ Sns: { MessageId: 's', Message: JSON.stringify(event) } }] }),
];
const parsers: readonly ((input: unknown) => ParseResult<unknown>)[] = [
  parseEcsEvent,
  parseEnvelope,
  ...new Set(SCHEMA_CASES.map((schema) => schema.parse)),
];

/** Whether an answer is one that may be given: an error lists 1 to 1,000 issues and has a line short enough to log. */
function isSound(result: ParseResult<unknown>): boolean {
  if (result.ok) return true;
  const { issues, message } = result.error;
  return issues.length >= 1 && issues.length <= 1_000 && message.length < 4_000 && !message.includes('\n');
}

// 100,000 inputs at the full level; assertion by assertion that would take minutes, hence one for all answers.
test('no mutated event or request throws, is changed, or gives an error too long to log', () => {
  let passed = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...originals), fc.constantFrom(...carriers), mutations, mutations, (original, carry, inner, outer) => {
      const input = mutated(carry(mutated(original, inner)), outer.slice(1));
      const before = structuredClone(input);
      const unwrapped = unwrapEvents(input);
      const events = unwrapped.flatMap((record) => (record.ok ? [record.value.event] : []));
      const answers = [...unwrapped, ...[input, ...events].flatMap((event) => parsers.map((parse) => parse(event)))];
      const accepted = answers.filter((answer) => answer.ok).length;
      passed += accepted;
      refused += answers.length - accepted;
      // Two clones: jest's own realm has other prototypes than structuredClone gives.
      return answers.every(isSound) && isDeepStrictEqual(structuredClone(input), before);
    }),
    propertyParameters(5_000),
  );
  expect(Math.min(passed, refused)).toBeGreaterThan(1_000);
}, 600_000);
