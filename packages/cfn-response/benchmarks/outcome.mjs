import { REASON_START } from './works.mjs';

const MAX_BYTES = 4096;
const ORDINALS = ['', '', 'second', 'third'];

/** How a request ended for its stack: one line out of what the bucket stored and how each delivery of the request ended. */
export function outcomeOf({ stored, ends, work }) {
  if (stored.length === 0) return `not answered, function ${ends.at(-1)}`;
  const answers = stored.map((body) => answerOf(body, work));
  const delivery = ends.length > 1 ? `, at the ${ORDINALS[ends.length]} delivery` : '';
  const times = answers.length > 1 ? ` ${answers.length === 2 ? 'twice' : `${answers.length} times`}:` : '';
  return `answered${times} ${answers.join(', ')}${delivery}`;
}

function answerOf(body, work) {
  const over = body.length > MAX_BYTES ? `${body.length.toLocaleString('en')} bytes` : undefined;
  let response;
  try {
    response = JSON.parse(body.toString('utf8'));
  } catch {
    return `broken: ${[over, 'not JSON'].filter(Boolean).join(', ')}`;
  }
  if (over !== undefined) return `broken: ${over}`;
  if (work === 'fails at length' && !response.Reason?.includes(REASON_START)) return `${response.Status}, reason lost`;
  return response.Status;
}
