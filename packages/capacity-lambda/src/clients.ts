import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { credentialsFromEnvironment } from './credentials.js';

/** The clients the function works with. */
export interface AwsClients {
  /** Reads the clusters. */
  readonly ecs: ECSClient;
  /** Takes the metrics. */
  readonly cloudWatch: CloudWatchClient;
  /** Removes hosts. */
  readonly autoScaling: AutoScalingClient;
}

/**
 * Makes the AWS clients as the function uses them: Lambda's credentials, patient with throttling, never waiting long on one try.
 *
 * The SDK reads `AWS_ENDPOINT_URL`, the same for one service, `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT` itself.
 *
 * @param env - holds the credentials; read when the first call is signed
 */
export function createClients(region: string, env: Readonly<Record<string, string | undefined>>): AwsClients {
  const shared = {
    region,
    credentials: credentialsFromEnvironment(env),
    // The ECS reads refill at 20 a second per account and Region, shared with every other reader: six tries back off for some 15 s.
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
    maxAttempts: 6,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  } satisfies CloudWatchClientConfig;
  return {
    autoScaling: new AutoScalingClient(shared),
    ecs: new ECSClient(shared),
    // A request of ours is a few kilobytes; packing it would cost more than sending it.
    cloudWatch: new CloudWatchClient({ ...shared, disableRequestCompression: true }),
  };
}
