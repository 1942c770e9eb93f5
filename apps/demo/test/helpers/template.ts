import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTemplate, type Template } from '../../src/template/template.js';

/** A template as it is written. */
export interface RawTemplate {
  readonly Resources: Record<string, { readonly Type: string; Properties: Record<string, unknown>; DependsOn?: string[] }>;
}

/** The stack's template as it is committed, a copy of its own. */
export function rawTemplate(): RawTemplate {
  const folder = dirname(require.resolve('@plimsoll/todobackend-stack/package.json'));
  return JSON.parse(readFileSync(join(folder, 'test', 'fixtures', 'template.json'), 'utf8'));
}

/** The stack's template, with changes to the properties of resources whose logical id begins with a word. */
export function templateWith(changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): Template {
  const raw = rawTemplate();
  for (const [prefix, properties] of Object.entries(changes)) {
    const found = Object.entries(raw.Resources).filter(([id]) => id.startsWith(prefix));
    expect(found).toHaveLength(1);
    for (const [, resource] of found) Object.assign(resource.Properties, properties);
  }
  return readTemplate(raw);
}
