import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validatedTemplate } from '../src/validated-template.js';
import { normalised } from './helpers/normalised.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'todobackend-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the template of the small preset, which AWS's validator has looked at", () => {
  const { template, ...said } = validatedTemplate(folder);
  expect(said).toEqual({ validator: expect.stringMatching(/^CloudFormation Validate \d+\.\d+\.\d+$/), templates: 1, findings: 0 });
  expect(normalised(template)).toBe(readFileSync(join(__dirname, 'fixtures', 'template.json'), 'utf8'));
});
