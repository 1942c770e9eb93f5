import { isHttpUrl } from '../http-url.js';
import { UsageError } from '../program-error.js';

/** Where calls to AWS go, as the command line says. */
export interface AwsTarget {
  /** Region code. */
  readonly region?: string;
  /** Address to call in place of AWS. */
  readonly endpointUrl?: string;
}

/** A client of the AWS SDK, as far as it is asked for its region. */
export interface RegionalClient {
  readonly config: { readonly region: () => Promise<string> };
}

/** A value, and what the user named it by. */
export interface Named {
  readonly name: string;
  readonly value: string;
}

/** The SDK leaves AWS_DEFAULT_REGION out, which the AWS CLI reads. */
export function namedRegion({ region }: AwsTarget): Named | undefined {
  return region === undefined ? firstSet(['AWS_REGION', 'AWS_DEFAULT_REGION']) : { name: '--region', value: region };
}

function firstSet(names: readonly string[]): Named | undefined {
  return names.map((name) => ({ name, value: process.env[name] ?? '' })).find(({ value }) => value !== '');
}

/**
 * The region a client has found.
 *
 * @throws UsageError without one
 */
export async function regionOf(client: RegionalClient, named: Named | undefined): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    const unset = cause instanceof Error && (/missing/i.test(cause.message) || /region=""/.test(cause.message));
    if (unset) throw new UsageError('no AWS region is set: give --region, or set AWS_REGION', { cause });
    const which = named === undefined ? 'the region of the AWS configuration file' : `${named.name} ${JSON.stringify(named.value)}`;
    throw new UsageError(`${which} is no AWS region: write one such as eu-west-1`, { cause });
  }
}

/**
 * Looks at the variables that name an endpoint before the SDK does, which takes some of what is none.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function checkEndpoint({ endpointUrl }: AwsTarget): void {
  if (endpointUrl !== undefined || process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return;
  const named = firstSet(['AWS_ENDPOINT_URL_ECS', 'AWS_ENDPOINT_URL']);
  if (named !== undefined && !isHttpUrl(named.value)) {
    throw new UsageError(`${named.name} ${JSON.stringify(named.value)} is no URL: write one such as http://127.0.0.1:4510`);
  }
}
