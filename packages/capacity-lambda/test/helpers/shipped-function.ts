import { join } from 'node:path';
import { type LambdaFunction, type LocalEndpoint, startLambdaFunction } from '@plimsoll/simulator';

/** A line of the function's log. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Starts the shipped bundle as Lambda does, its AWS calls sent to an endpoint; each line that it logs goes to the end of the log. */
export async function startShippedFunction(
  endpoint: LocalEndpoint,
  environment: Readonly<Record<string, string>>,
  log: LogFields[],
): Promise<LambdaFunction> {
  return startLambdaFunction({
    codePath: join(__dirname, '../../bundle/index.js'),
    timeoutSeconds: 60,
    region: endpoint.region,
    onLog: (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line));
    },
    environment: { AWS_ENDPOINT_URL: endpoint.url, ...environment },
  });
}
