import { Readable } from 'node:stream';
import { ECSClient } from '@aws-sdk/client-ecs';
import type { LocalEndpoint } from '../../src/index.js';
import { faultsOfError, faultsOfOutput } from './output-schema.js';

interface SdkRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/**
 * The SDK's ECS client over real HTTP, with each raw answer checked against the
 * SDK's schemas before the SDK reads it: an unknown member or a value of the
 * wrong kind fails the call.
 */
export function checkedClient(endpoint: LocalEndpoint): ECSClient {
  return new ECSClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SdkRequest) => {
        const { host: _host, 'content-length': _length, ...headers } = request.headers;
        const response = await fetch(endpoint.url, { method: request.method, headers, body: request.body ?? null });
        const text = await response.text();
        check(headers['x-amz-target'] ?? '', response.status, JSON.parse(text));
        return {
          response: {
            statusCode: response.status,
            headers: Object.fromEntries(response.headers),
            body: Readable.from([Buffer.from(text)]),
          },
        };
      },
    } as never,
  });
}

function check(target: string, status: number, body: unknown): void {
  const faults = status === 200 ? faultsOfOutput(target.slice(target.lastIndexOf('.') + 1), body) : faultsOfError(body);
  if (faults.length > 0) {
    throw new TypeError(`${target} answered outside the SDK's schema: ${faults.join('; ')}`);
  }
}
