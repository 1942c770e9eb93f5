import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { ContainerInstance } from '@aws-sdk/client-ecs';

/** A request as it arrived. */
export interface Call {
  /** `ListContainerInstances`, without the service's prefix. */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as sent. */
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: the body is whatever the client sent
  readonly body: any;
}

/** What a test answers a call with, in place of the endpoint: an AWS error, a body, or never. */
export type Reply =
  | { readonly status: number; readonly error: string; readonly message?: string }
  | { readonly body: Readonly<Record<string, unknown>> | null }
  | 'hang'
  | undefined;

/** A metric datum as it arrived: the time in seconds. */
export type ReceivedDatum = Omit<MetricDatum, 'Timestamp'> & { readonly Timestamp: number };

/** ECS and CloudWatch on loopback, as far as this package calls them: AWS JSON over HTTP. */
export interface AwsEndpoint {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Hosts by name of their cluster; tests may change it. */
  readonly clusters: Map<string, readonly ContainerInstance[]>;
  /** Answers a call in place of the endpoint, or holds it back; tests may set it. */
  intercept: (call: Call) => Reply | Promise<Reply>;
  /** Most describe calls that were under way at once. */
  readonly mostDescribesAtOnce: () => number;
  readonly published: () => ReadonlyArray<{ readonly namespace: string; readonly data: readonly ReceivedDatum[] }>;
  readonly count: (operation: string) => number;
  readonly close: () => Promise<void>;
}

/** Starts an endpoint on a free port of the loopback address. */
export async function startAwsEndpoint(clusters: Readonly<Record<string, readonly ContainerInstance[]>> = {}): Promise<AwsEndpoint> {
  const calls: Call[] = [];
  let describing = 0;
  let mostDescribing = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await text(request);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const call: Call = { operation, headers: request.headers, raw, body: JSON.parse(raw) };
    calls.push(call);
    const describes = operation === 'DescribeContainerInstances';
    if (describes) mostDescribing = Math.max(mostDescribing, ++describing);
    const reply = await endpoint.intercept(call);
    if (reply === 'hang') return;
    if (describes) describing -= 1;
    if (reply !== undefined && 'error' in reply) send(response, reply.status, { __type: reply.error, message: reply.message ?? '' });
    else send(response, 200, reply === undefined ? serve(endpoint.clusters, call) : reply.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint: AwsEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    clusters: new Map(Object.entries(clusters)),
    intercept: () => undefined,
    mostDescribesAtOnce: () => mostDescribing,
    published: () =>
      calls
        .filter(({ operation }) => operation === 'PutMetricData')
        .map(({ body }) => ({ namespace: body.Namespace, data: body.MetricData })),
    count: (operation) => calls.filter((call) => call.operation === operation).length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return endpoint;
}

function serve(clusters: ReadonlyMap<string, readonly ContainerInstance[]>, { operation, body }: Call): Readonly<Record<string, unknown>> {
  const hosts = clusters.get(String(body.cluster).split('/').at(-1) ?? '') ?? [];
  if (operation === 'ListContainerInstances') {
    const start = Number(body.nextToken ?? 0);
    const end = start + Number(body.maxResults);
    const page = hosts.slice(start, end).map((host) => host.containerInstanceArn);
    return { containerInstanceArns: page, ...(end < hosts.length ? { nextToken: String(end) } : {}) };
  }
  if (operation === 'DescribeContainerInstances') {
    const byArn = new Map(hosts.map((host) => [host.containerInstanceArn, host]));
    const asked: readonly string[] = body.containerInstances;
    return {
      containerInstances: asked.flatMap((arn) => byArn.get(arn) ?? []),
      failures: asked.filter((arn) => !byArn.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
    };
  }
  return {};
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>> | null): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
