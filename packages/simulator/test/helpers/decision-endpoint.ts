import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listenOnLoopback } from '@plimsoll/test-support';

type Fields = Readonly<Record<string, unknown>>;

/** ECS, CloudWatch and Auto Scaling as far as the capacity function asks them for a decision, over what a test puts in. */
export interface DecisionEndpoint extends Listening {
  /** Container instances, as they are described. */
  hosts: readonly Fields[];
  /** Tasks that are to run, as they are described. */
  tasks: readonly Fields[];
  /** Services, as they are described. */
  services: readonly Fields[];
  /** Task definitions, as they are described. */
  definitions: readonly Fields[];
  /** What each minute needed at most, oldest first, the present one last. */
  demand: ReadonlyArray<{ readonly occupied: number; readonly needed: number }>;
  /** The cluster's own metrics as last published, by name. */
  readonly published: ReadonlyMap<string, number>;
}

interface Datum {
  readonly MetricName: string;
  readonly Value: number;
  readonly Dimensions: readonly unknown[];
}

/** Minutes that are looked back on. */
const HOUR = 60;

/** Auto Scaling's answer that has every instance asked for in service in the group `hosts`. */
function inService(asked: URLSearchParams): string {
  const members = [...asked].flatMap(([name, id]) =>
    name.startsWith('InstanceIds.member.')
      ? [
          `<member><InstanceId>${id}</InstanceId><AutoScalingGroupName>hosts</AutoScalingGroupName><LifecycleState>InService</LifecycleState></member>`,
        ]
      : [],
  );
  const result = `<AutoScalingInstances>${members.join('')}</AutoScalingInstances>`;
  const operation = 'DescribeAutoScalingInstances';
  return `<${operation}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${operation}Result>${result}</${operation}Result></${operation}Response>`;
}

/** Starts it on a free port of the loopback address. */
export async function startDecisionEndpoint(): Promise<DecisionEndpoint> {
  const published = new Map<string, number>();
  const answers: Readonly<
    Record<
      string,
      (body: {
        readonly MetricData?: readonly Datum[];
        readonly StartTime?: number;
        readonly desiredStatus?: string;
        readonly taskDefinition?: string;
      }) => Fields
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
    // Asked for the minutes of an hour, whose last is the present one.
    GetMetricData: ({ StartTime = 0 }) => {
      const demand = endpoint.demand.slice(-HOUR);
      const Timestamps = demand.map((_, index) => StartTime + (HOUR - demand.length + index) * 60);
      const result = (Id: 'occupied' | 'needed') => ({ Id, StatusCode: 'Complete', Timestamps, Values: demand.map((one) => one[Id]) });
      return { MetricDataResults: [result('occupied'), result('needed')], Messages: [] };
    },
  };
  const server = createServer((request, response) => {
    void text(request).then((raw) => {
      if (raw.startsWith('Action=DescribeAutoScalingInstances')) {
        response.end(inService(new URLSearchParams(raw)));
        return;
      }
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
    demand: [],
    published,
  };
  return endpoint;
}
