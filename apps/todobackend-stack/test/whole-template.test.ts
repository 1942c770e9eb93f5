import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalised } from './helpers/normalised.js';
import { templateOf } from './helpers/synthesise.js';

const COMMITTED = join(__dirname, 'fixtures', 'template.json');

// Asked for by name only, and then it fails, so that no run that passes has written anything.
const WRITE = process.env.PLIMSOLL_WRITE_TEMPLATE === 'yes';

test('the small template is the committed one; PLIMSOLL_WRITE_TEMPLATE=yes writes it, to be read and committed', () => {
  const template = normalised(templateOf().toJSON());
  expect(template.length).toBeLessThan(200_000);
  if (WRITE) writeFileSync(COMMITTED, template);
  expect(WRITE).toBe(false);
  expect(JSON.parse(template)).toEqual(JSON.parse(readFileSync(COMMITTED, 'utf8')));
});
