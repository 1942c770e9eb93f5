import * as v from 'valibot';
import { list, record, text } from './fields.js';

/** The fields of every event on EventBridge; those that say nothing about the detail may be missing. */
export const envelopeEntries = {
  'detail-type': text,
  source: text,
  detail: record({}),
  version: v.exactOptional(text),
  id: v.exactOptional(text),
  account: v.exactOptional(text),
  time: v.exactOptional(text),
  region: v.exactOptional(text),
  resources: v.exactOptional(list(text)),
} as const;
