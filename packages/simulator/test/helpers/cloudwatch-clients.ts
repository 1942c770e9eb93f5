import { execFile, execFileSync } from 'node:child_process';
import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  CloudWatchServiceException,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';

/** An operation's input or output as JSON, with time stamps as ISO 8601 text. */
export type Json = Readonly<Record<string, unknown>>;

/** What a client made of a call. */
export type CallResult = { readonly output: Json } | { readonly error: { readonly code: string; readonly message: string } };

/** Names of the operations served. */
export type OperationName = 'PutMetricData' | 'GetMetricStatistics' | 'GetMetricData' | 'ListMetrics';

/** One way to call CloudWatch. */
export interface Client {
  readonly name: string;
  /** What is missing on this machine, if anything is. */
  readonly missing?: string;
  call(endpoint: string, operation: OperationName, input: Json): Promise<CallResult>;
}

const COMMANDS = {
  PutMetricData: PutMetricDataCommand,
  GetMetricStatistics: GetMetricStatisticsCommand,
  GetMetricData: GetMetricDataCommand,
  ListMetrics: ListMetricsCommand,
} as const;

/** Dummy credentials, and nothing of the user's own configuration. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  NO_PROXY: '127.0.0.1',
  PYTHONWARNINGS: 'ignore',
};

/** The AWS SDK for JavaScript, in the protocol it uses by itself and in the others it can. */
export const SDK_CLIENTS: readonly Client[] = [
  sdkClient('the SDK as it comes', {}),
  sdkClient('the SDK in AWS JSON 1.0', { protocol: AwsJson1_0Protocol }),
  sdkClient('the SDK in AWS Query', { protocol: AwsQueryProtocol }),
  sdkClient('the SDK in RPC v2 CBOR', { protocol: AwsSmithyRpcV2CborProtocol }),
];

/** boto3 and the aws CLI wherever they are found: an old and a new one speak different protocols. */
export const CHILD_CLIENTS: readonly Client[] = [
  botoClient('python3'),
  botoClient('/usr/bin/python3'),
  cliClient('aws'),
  cliClient('/usr/bin/aws'),
];

/** A client of the SDK for an endpoint. */
export function sdk(endpoint: string, config: Partial<CloudWatchClientConfig> = {}): CloudWatchClient {
  const credentials = { accessKeyId: ENVIRONMENT.AWS_ACCESS_KEY_ID, secretAccessKey: ENVIRONMENT.AWS_SECRET_ACCESS_KEY };
  return new CloudWatchClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1, ...config });
}

function sdkClient(name: string, config: Partial<CloudWatchClientConfig>): Client {
  return {
    name,
    call: async (endpoint, operation, input) => {
      const client = sdk(endpoint, config);
      try {
        // One of four commands by name: the compiler cannot pair its input with it.
        const Command = COMMANDS[operation] as new (input: unknown) => PutMetricDataCommand;
        const { $metadata, ...output } = await client.send(new Command(datesOf(input)));
        return { output: normalize(JSON.parse(JSON.stringify(output))) as Json };
      } catch (error) {
        if (!(error instanceof CloudWatchServiceException)) throw error;
        const { Error: query } = error as { readonly Error?: { readonly Code?: string } };
        return { error: { code: query?.Code ?? error.name, message: error.message } };
      } finally {
        client.destroy();
      }
    },
  };
}

const BOTO_SCRIPT = `
import boto3, botocore, json, sys
call = json.load(sys.stdin)
client = boto3.client('cloudwatch', endpoint_url=call['endpoint'], config=botocore.config.Config(retries={'max_attempts': 0}))
try:
    output = client._make_api_call(call['operation'], call['input'])
    output.pop('ResponseMetadata')
    print(json.dumps({'output': output}, default=lambda value: value.isoformat()))
except botocore.exceptions.ClientError as error:
    print(json.dumps({'error': {'code': error.response['Error']['Code'], 'message': error.response['Error']['Message']}}))
`;

function botoClient(python: string): Client {
  const version = tryRun(python, ['-c', 'import boto3; print(boto3.__version__)']);
  return {
    name: `boto3 ${version ?? ''} by ${python}`,
    ...(version === undefined ? { missing: 'boto3' } : {}),
    call: async (endpoint, operation, input) => {
      const { stdout } = await run(python, ['-c', BOTO_SCRIPT], JSON.stringify({ endpoint, operation, input }));
      return normalize(JSON.parse(stdout)) as CallResult;
    },
  };
}

function cliClient(aws: string): Client {
  const version = tryRun(aws, ['--version']);
  return {
    name: `${version?.split(' ')[0] ?? 'aws-cli'} by ${aws}`,
    ...(version === undefined ? { missing: 'the aws CLI' } : {}),
    call: async (endpoint, operation, input) => {
      const command = operation.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
      const options = ['--endpoint-url', endpoint, '--output', 'json', '--cli-input-json', JSON.stringify(input)];
      const { stdout, stderr } = await run(aws, [
        'cloudwatch',
        command,
        ...options,
        ...(command.startsWith('put') ? [] : ['--no-paginate']),
      ]);
      const failed = /An error occurred \((\w+)\) when calling the \w+ operation: (.*)/s.exec(stderr);
      if (failed !== null) return { error: { code: failed[1] ?? '', message: (failed[2] ?? '').trim() } };
      return { output: normalize(JSON.parse(stdout || '{}')) as Json };
    },
  };
}

function tryRun(file: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(file, args, { encoding: 'utf8', env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

function run(file: string, args: readonly string[], input = ''): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { env: ENVIRONMENT }, (_error, stdout, stderr) => resolve({ stdout, stderr }));
    child.stdin?.end(input);
  });
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Time stamps as the SDK wants them. */
function datesOf(value: unknown): unknown {
  if (typeof value === 'string' && TIMESTAMP.test(value)) return new Date(value);
  return mapMembers(value, datesOf);
}

/** Time stamps in one form: the aws CLI 1 prints them as they came, which in CBOR is a number of seconds. */
function normalize(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && TIMESTAMP.test(value)) return new Date(value).toISOString();
  if (typeof value === 'number' && name.startsWith('Timestamp')) return new Date(value * 1000).toISOString();
  return mapMembers(value, normalize, name);
}

function mapMembers(value: unknown, map: (member: unknown, name: string) => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((member) => map(member, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([memberName, member]) => [memberName, map(member, memberName)]));
}
