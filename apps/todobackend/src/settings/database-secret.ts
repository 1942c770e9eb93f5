import * as v from 'valibot';
import { failure, type Result, success } from '../result.js';

/** What a database secret of AWS Secrets Manager holds. */
export interface DatabaseSecret {
  readonly username: string;
  readonly password: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly dbname?: string | undefined;
}

const text = v.pipe(v.string('is not a string'), v.nonEmpty('is empty'));
const port = v.pipe(
  v.number('is not a number'),
  v.integer('is not a whole number'),
  v.minValue(1, 'is below 1'),
  v.maxValue(65_535, 'is above 65535'),
);

/**
 * The JSON structure of an RDS database secret. A secret that RDS manages itself has `username` and `password` only.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
const schema = v.object({
  username: text,
  password: text,
  host: v.optional(text),
  // Secrets written by hand often carry the port as text.
  port: v.optional(v.union([port, v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), port)], 'is not a port from 1 to 65535')),
  dbname: v.optional(text),
});

/** Reads the JSON of a database secret; the error says which field is wrong and never quotes the text. */
export function parseDatabaseSecret(json: string): Result<DatabaseSecret, string> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return failure('is not JSON');
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return success(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  if (path === null) return failure('is not a JSON object');
  return failure(issue.received === 'undefined' ? `has no "${path}"` : `has a "${path}" that ${issue.message}`);
}
