import { text } from './fields.js';
import { list, object, optional } from './structures.js';

/** The fields of every event on EventBridge; those that say nothing about the detail may be missing. */
export const envelopeEntries = {
  'detail-type': text,
  source: text,
  detail: object,
  version: optional(text),
  id: optional(text),
  account: optional(text),
  time: optional(text),
  region: optional(text),
  resources: optional(list(text)),
} as const;
