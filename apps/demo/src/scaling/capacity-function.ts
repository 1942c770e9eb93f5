import { CONTAINER_INSTANCE_STATE_CHANGE } from '@plimsoll/event-schemas/container-instance-state-change';
import { type EcsEvent, type LambdaFunction, type LocalEndpoint, startLambdaFunction } from '@plimsoll/simulator';
import { DemoError } from '../demo-error.js';
import { ACCOUNT_ID } from '../deployment/local-cluster.js';
import type { ScalingSettings } from './settings.js';

/** A host that the function's log says it removed. */
export interface NamedHost {
  readonly ec2InstanceId: string;
  readonly containerInstanceArn: string;
}

/** The shipped bundle of the capacity function behind its queue, set up as the template sets it up. */
export class CapacityFunction {
  private count = 0;

  private constructor(
    private readonly lambda: LambdaFunction,
    private readonly endpoint: LocalEndpoint,
    private readonly tickTemplate: string,
  ) {}

  /** Starts its process. */
  public static async start(endpoint: LocalEndpoint, { capacityFunction, tickTemplate }: ScalingSettings): Promise<CapacityFunction> {
    const { id, environment, timeoutSeconds, memorySizeMiB } = capacityFunction;
    const lambda = await startLambdaFunction({
      codePath: require.resolve('@plimsoll/capacity-lambda/bundle'),
      functionName: id,
      region: endpoint.region,
      timeoutSeconds,
      memorySizeMiB,
      environment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
    });
    return new CapacityFunction(lambda, endpoint, tickTemplate);
  }

  /** Invocations so far. */
  public get invocations(): number {
    return this.count;
  }

  /**
   * One batch of its queue: the events since the last, and the schedule's.
   *
   * @returns the hosts that it says it removed
   * @throws {DemoError} when the invocation or a message of it fails
   */
  public async minute(events: readonly EcsEvent[], time: Date): Promise<readonly NamedHost[]> {
    this.count += 1;
    const bodies = [...events.filter(isOfRule).map((event) => JSON.stringify(event)), this.tick(time)];
    const Records = bodies.map((body, index) => ({ messageId: `${this.count}-${index}`, eventSource: 'aws:sqs', body }));
    const result = await this.lambda.invoke({ Records });
    if (!result.ok) throw new DemoError('FUNCTION_FAILED', `the capacity function failed: ${result.error.message}`, result.logs);
    const { batchItemFailures } = result.payload as { readonly batchItemFailures: readonly unknown[] };
    if (batchItemFailures.length > 0) {
      throw new DemoError('FUNCTION_FAILED', `the capacity function gave ${batchItemFailures.length} messages back`, result.logs);
    }
    return result.logs.flatMap(removedHost);
  }

  /** Ends its process. */
  public async close(): Promise<void> {
    await this.lambda.close();
  }

  /** What the schedule's rule makes of its template. */
  private tick(time: Date): string {
    const values: Readonly<Record<string, string>> = {
      id: `tick-${this.count}`,
      account: ACCOUNT_ID,
      time: time.toISOString(),
      region: this.endpoint.region,
    };
    return this.tickTemplate.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(values[name] ?? ''));
  }
}

/** What the stack's rule for changes of hosts lets through. */
function isOfRule(event: EcsEvent): boolean {
  return event['detail-type'] === CONTAINER_INSTANCE_STATE_CHANGE;
}

function removedHost(line: string): readonly NamedHost[] {
  if (!line.startsWith('{')) return [];
  const { message, ec2InstanceId = '', containerInstanceArn = '' } = JSON.parse(line) as Partial<NamedHost> & { readonly message?: string };
  return message === 'host removed' ? [{ ec2InstanceId, containerInstanceArn }] : [];
}
