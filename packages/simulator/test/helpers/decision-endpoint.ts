import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listenOnLoopback } from '@plimsoll/test-support';

type Fields = Readonly<Record<string, unknown>>;

/** ECS and CloudWatch as far as the capacity function asks them for a decision, over what a test puts in. */
export interface DecisionEndpoint extends Listening {
  /** Container instances, as they are described. */
  hosts: readonly Fields[];
  /** Tasks that are to run, as they are described. */
  tasks: readonly Fields[];
  /** Services, as they are described. */
  services: readonly Fields[];
  /** Task definitions, as they are described. */
  definitions: readonly Fields[];
  /** The cluster's own metrics as last published, by name. */
  readonly published: ReadonlyMap<string, number>;
}

interface Datum {
  readonly MetricName: string;
  readonly Value: number;
  readonly Dimensions: readonly unknown[];
}

/** Starts it on a free port of the loopback address. */
export async function startDecisionEndpoint(): Promise<DecisionEndpoint> {
  const published = new Map<string, number>();
  const answers: Readonly<
    Record<
      string,
      (body: { readonly MetricData?: readonly Datum[]; readonly desiredStatus?: string; readonly taskDefinition?: string }) => Fields
    >
  > = {
    ListContainerInstances: () => ({ containerInstanceArns: endpoint.hosts.map(({ containerInstanceArn }) => containerInstanceArn) }),
    DescribeContainerInstances: () => ({ containerInstances: endpoint.hosts, failures: [] }),
    ListTasks: ({ desiredStatus }) => ({ taskArns: desiredStatus === 'RUNNING' ? endpoint.tasks.map(({ taskArn }) => taskArn) : [] }),
    DescribeTasks: () => ({ tasks: endpoint.tasks, failures: [] }),
    ListServices: () => ({ serviceArns: endpoint.services.map(({ serviceArn }) => serviceArn) }),
    DescribeServices: () => ({ services: endpoint.services, failures: [] }),
    DescribeTaskDefinition: ({ taskDefinition }) => ({
      taskDefinition: endpoint.definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition),
    }),
    PutMetricData: ({ MetricData = [] }) => {
      for (const { MetricName, Value, Dimensions } of MetricData) if (Dimensions.length === 1) published.set(MetricName, Value);
      return {};
    },
  };
  const server = createServer((request, response) => {
    void text(request).then((raw) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const answer = answers[operation];
      response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(answer === undefined ? { __type: 'UnknownOperationException', message: operation } : answer(JSON.parse(raw))),
      );
    });
  });
  const endpoint: DecisionEndpoint = {
    ...(await listenOnLoopback(server)),
    hosts: [],
    tasks: [],
    services: [],
    definitions: [],
    published,
  };
  return endpoint;
}
