import { ECSClient } from '@aws-sdk/client-ecs';
import { clusterNameOf, readContainerInstances } from '@plimsoll/capacity-lambda';
import { FaultError } from '../program-error.js';
import { checkEndpoint, namedRegion, regionOf } from './aws-target.js';
import { explainFault } from './explain-fault.js';

/** Which live cluster to read. */
export interface LiveClusterOptions {
  /** Name or ARN. */
  readonly cluster: string;
  /**
   * Region code.
   *
   * @default what AWS_REGION, else AWS_DEFAULT_REGION, else the AWS configuration file says; an empty variable is none
   */
  readonly region?: string;
  /**
   * Where to send the calls.
   *
   * @default what AWS_ENDPOINT_URL says, else Amazon ECS in the region
   */
  readonly endpointUrl?: string;
  /**
   * Time an answer may take, in milliseconds; also the longest pause within one. At least 1.
   *
   * @default 5000
   */
  readonly requestTimeoutMs?: number;
}

/** A live cluster, as ECS described it. */
export interface LiveCluster {
  /** Name of the cluster. */
  readonly cluster: string;
  /** A record a host, not yet checked. */
  readonly records: readonly unknown[];
  /** What the reader should be told: hosts that left meanwhile. */
  readonly warnings: readonly string[];
}

/** Time a connection may take to come about, in milliseconds. */
const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 5_000;
/** Tries a call gets: the first and two more, with the SDK's pauses between. */
const MAX_ATTEMPTS = 3;

/**
 * Reads the hosts of a live cluster with the SDK's default credential chain.
 *
 * @throws UsageError without a usable region, or with an endpoint that is no URL
 * @throws FaultError when a call fails for good
 */
export async function readLiveCluster(options: LiveClusterOptions): Promise<LiveCluster> {
  const { cluster, endpointUrl, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  checkEndpoint(options);
  const region = namedRegion(options);
  const ecs = new ECSClient({
    ...(region === undefined ? {} : { region: region.value }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
  const called = endpointCalled(ecs);
  try {
    const usedRegion = await regionOf(ecs, region);
    const { records, gone } = await readContainerInstances(ecs, { cluster }).catch((cause: unknown) => {
      const where = called() ?? `Amazon ECS in ${usedRegion}`;
      throw new FaultError(explainFault(cause, { cluster, where, timeoutSeconds: requestTimeoutMs / 1000 }), { cause });
    });
    return {
      cluster: clusterNameOf(cluster),
      records,
      warnings: gone === 0 ? [] : [`${gone} of the listed hosts left cluster ${cluster} before they were described: not counted`],
    };
  } finally {
    ecs.destroy();
  }
}

/** Notes where the client's calls go, since the environment can name the endpoint too. */
function endpointCalled(ecs: ECSClient): () => string | undefined {
  let called: string | undefined;
  ecs.middlewareStack.add(
    (next) => (args) => {
      const { protocol, hostname, port } = args.request as { protocol: string; hostname: string; port?: number };
      called = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      return next(args);
    },
    { step: 'build', name: 'noteEndpoint' },
  );
  return () => called;
}
