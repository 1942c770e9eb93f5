import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { ContainerInstance, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { type Listening, listenOnLoopback } from '@plimsoll/test-support';
import { type Page, pageOf } from './page.js';

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
export interface AwsEndpoint extends Listening {
  readonly calls: readonly Call[];
  /** Hosts by name of their cluster; tests may change it. */
  readonly clusters: Map<string, readonly ContainerInstance[]>;
  /** Tasks by name of their cluster; tests may change it. */
  readonly tasks: Map<string, readonly Task[]>;
  /** Services by name of their cluster; tests may change it. */
  readonly services: Map<string, readonly Service[]>;
  /** Task definitions by what they are asked for by; tests may change it. */
  readonly taskDefinitions: Map<string, TaskDefinition>;
  /** Answers a call in place of the endpoint, or holds it back; tests may set it. */
  intercept: (call: Call) => Reply | Promise<Reply>;
  /** Most describe calls that were under way at once. */
  readonly mostDescribesAtOnce: () => number;
  readonly published: () => ReadonlyArray<{ readonly namespace: string; readonly data: readonly ReceivedDatum[] }>;
  readonly count: (operation: string) => number;
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
    else send(response, 200, reply === undefined ? serve(endpoint, call) : reply.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  const endpoint: AwsEndpoint = {
    ...(await listenOnLoopback(server)),
    calls,
    clusters: new Map(Object.entries(clusters)),
    tasks: new Map(),
    services: new Map(),
    taskDefinitions: new Map(),
    intercept: () => undefined,
    mostDescribesAtOnce: () => mostDescribing,
    published: () =>
      calls
        .filter(({ operation }) => operation === 'PutMetricData')
        .map(({ body }) => ({ namespace: body.Namespace, data: body.MetricData })),
    count: (operation) => calls.filter((call) => call.operation === operation).length,
  };
  return endpoint;
}

function serve(endpoint: AwsEndpoint, { operation, body }: Call): Readonly<Record<string, unknown>> {
  const cluster = String(body.cluster).split('/').at(-1) ?? '';
  const hosts = endpoint.clusters.get(cluster) ?? [];
  const tasks = endpoint.tasks.get(cluster) ?? [];
  const services = endpoint.services.get(cluster) ?? [];
  const list = (field: string, arns: ReadonlyArray<string | undefined>) => {
    const { items, nextToken }: Page<string | undefined> = pageOf(arns, body);
    return { [field]: items, ...(nextToken === undefined ? {} : { nextToken }) };
  };
  const describe = <Item>(field: string, all: readonly Item[], arnOf: (item: Item) => string | undefined) => {
    const byArn = new Map(all.map((item) => [arnOf(item), item]));
    const asked: readonly string[] = body[field];
    return {
      [field]: asked.flatMap((arn) => byArn.get(arn) ?? []),
      failures: asked.filter((arn) => !byArn.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
    };
  };
  const operations: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
    ListContainerInstances: () =>
      list(
        'containerInstanceArns',
        hosts.map((host) => host.containerInstanceArn),
      ),
    DescribeContainerInstances: () => describe('containerInstances', hosts, (host) => host.containerInstanceArn),
    ListTasks: () =>
      list(
        'taskArns',
        tasks.filter((task) => task.desiredStatus === body.desiredStatus).map((task) => task.taskArn),
      ),
    DescribeTasks: () => describe('tasks', tasks, (task) => task.taskArn),
    ListServices: () =>
      list(
        'serviceArns',
        services.map((service) => service.serviceArn),
      ),
    DescribeServices: () => describe('services', services, (service) => service.serviceArn),
    DescribeTaskDefinition: () => ({ taskDefinition: endpoint.taskDefinitions.get(body.taskDefinition) }),
  };
  return operations[operation]?.() ?? {};
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>> | null): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
