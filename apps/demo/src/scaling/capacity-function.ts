import type { EcsEvent, LambdaFunction, LocalEndpoint } from '@plimsoll/simulator';
import { startLambdaFunction } from '@plimsoll/simulator';
import { DemoError } from '../demo-error.js';
import type { ScalingSettings } from './settings.js';

/** A host that the function's log says it removed. */
export interface NamedHost {
  readonly ec2InstanceId: string;
  readonly containerInstanceArn: string;
}

/** The shipped bundle of the capacity function behind its queue, set up as the template sets it up. */
export class CapacityFunction {
  private readonly removed: NamedHost[] = [];
  private count = 0;

  private constructor(private readonly settings: ScalingSettings) {}
  private lambda: LambdaFunction | undefined;

  /** Starts its process. */
  public static async start(endpoint: LocalEndpoint, settings: ScalingSettings): Promise<CapacityFunction> {
    const started = new CapacityFunction(settings);
    const { id, environment, timeoutSeconds, memorySizeMiB } = settings.capacityFunction;
    started.lambda = await startLambdaFunction({
      codePath: require.resolve('@plimsoll/capacity-lambda/bundle'),
      functionName: id,
      region: endpoint.region,
      timeoutSeconds,
      memorySizeMiB,
      environment: { ...environment, AWS_ENDPOINT_URL: endpoint.url },
      onLog: (line) => started.read(line),
    });
    return started;
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
    const messages = [...events, this.tick(time)].map((event, index) => ({
      messageId: `${this.count}-${index}`,
      eventSource: 'aws:sqs',
      body: typeof event === 'string' ? event : JSON.stringify(event),
    }));
    const result = await this.lambda?.invoke({ Records: messages });
    if (result?.ok !== true) {
      throw new DemoError('FUNCTION_FAILED', `the capacity function failed: ${result?.error.message ?? 'not started'}`, result?.logs ?? []);
    }
    const { batchItemFailures } = result.payload as { readonly batchItemFailures: readonly unknown[] };
    if (batchItemFailures.length > 0) {
      throw new DemoError('FUNCTION_FAILED', `the capacity function gave ${batchItemFailures.length} messages back`, result.logs);
    }
    return this.removed.splice(0);
  }

  /** Ends its process. */
  public async close(): Promise<void> {
    await this.lambda?.close();
  }

  private read(line: string): void {
    if (!line.startsWith('{')) return;
    const {
      message,
      ec2InstanceId = '',
      containerInstanceArn = '',
    } = JSON.parse(line) as Partial<NamedHost> & { readonly message?: string };
    if (message === 'host removed') this.removed.push({ ec2InstanceId, containerInstanceArn });
  }

  private tick(time: Date): string {
    const values: Readonly<Record<string, string>> = {
      id: `tick-${this.count}`,
      account: '111122223333',
      time: time.toISOString(),
      region: 'us-east-1',
    };
    return this.settings.tickTemplate.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(values[name] ?? ''));
  }
}
