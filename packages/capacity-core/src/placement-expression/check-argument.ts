import { readVersion } from './agent-version.js';
import type { PlacementOperator, PlacementSubject } from './expression.js';
import { quoted, type Refusal, refused } from './expression-error.js';
import { takesPattern } from './operators.js';
import { compilePattern } from './pattern.js';
import { readDate } from './registration-date.js';

/** The form of a subject's values, and what to write. */
interface Form {
  readonly accepts: (value: string) => boolean;
  readonly remedy: string;
}

const FORMS: ReadonlyMap<PlacementSubject, Form> = new Map<PlacementSubject, Form>([
  ['agentConnected', { accepts: (value) => value === 'true' || value === 'false', remedy: 'use true or false' }],
  ['agentVersion', { accepts: (value) => readVersion(value) !== undefined, remedy: 'use numbers with dots between, such as 1.14.5' }],
  [
    'registeredAt',
    {
      accepts: (value) => readDate(value) !== undefined,
      remedy: 'use a date such as 2018-06-18, 2018-06-18T22:28:28, 2018-06-18T22:28:28Z or 2018-06-18T22:28:28+00:00',
    },
  ],
  ['runningTasksCount', { accepts: (value) => /^[0-9]{1,15}$/.test(value), remedy: 'use a whole number, 0 or more' }],
]);

/** What is wrong with an argument, for the subject and the operator it stands with. */
export function checkArgument(subject: PlacementSubject, operator: PlacementOperator, value: string, index: number): Refusal | undefined {
  if (takesPattern(operator)) {
    const pattern = compilePattern(value);
    if (pattern.ok) return undefined;
    const { code, problem, remedy } = pattern.error;
    return refused(code, index + pattern.error.index, problem, remedy);
  }
  const form = FORMS.get(subject);
  if (form === undefined || form.accepts(value)) return undefined;
  return refused('INVALID_ARGUMENT', index, `${quoted(value)} is no value of ${subject}`, form.remedy);
}
