/** Where a call went, to be named in messages. */
export interface FaultContext {
  /** Name or ARN of the cluster asked about. */
  readonly cluster: string;
  /** The endpoint, or the service and region. */
  readonly where: string;
  /** Time a request may take, in seconds. */
  readonly timeoutSeconds: number;
}

/** Fields that errors of Node.js and of the AWS SDK carry. */
interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A chain of causes may come round to itself. */
const MOST_CAUSES = 10;

type Explain = (context: FaultContext, fault: Fault) => string;

const credentialsRefused: Explain = ({ where }, { name }) =>
  `${where} refuses the AWS credentials (${name}): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN or AWS_PROFILE, and the clock`;
const throttled: Explain = ({ where, cluster }) => `${where} throttles the calls about cluster ${cluster}: try again in a minute`;
const unreachable: Explain = ({ where }, { code }) => `${where} cannot be reached (${String(code)}): check the endpoint and the network`;
const timedOut: Explain = ({ where, timeoutSeconds }) =>
  `${where} did not answer within ${timeoutSeconds} s, tried again and again: check the endpoint and the network`;

/**
 * Explanations by the fault's name or code.
 *
 * ECS's own errors: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html (Errors);
 * those of every service: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html; the others are
 * Node.js's and the SDK's.
 */
const EXPLANATIONS: ReadonlyMap<unknown, Explain> = new Map<unknown, Explain>([
  ['CredentialsProviderError', () => 'no AWS credentials are found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE'],
  ['TokenProviderError', () => 'the AWS sign-in has ended: run `aws sso login` again'],
  ['ClusterNotFoundException', ({ where, cluster }) => `cluster ${cluster} is not found at ${where}: check --cluster and --region`],
  [
    'AccessDeniedException',
    ({ where, cluster }) =>
      `${where} denies reading cluster ${cluster}: allow ecs:ListContainerInstances and ecs:DescribeContainerInstances on it`,
  ],
  ['UnrecognizedClientException', credentialsRefused],
  ['InvalidSignatureException', credentialsRefused],
  ['SignatureDoesNotMatch', credentialsRefused],
  ['InvalidClientTokenId', credentialsRefused],
  ['ExpiredToken', credentialsRefused],
  ['ExpiredTokenException', credentialsRefused],
  ['ThrottlingException', throttled],
  ['Throttling', throttled],
  ['TooManyRequestsException', throttled],
  ['RequestLimitExceeded', throttled],
  // Only the configuration file is left to name one; options and variables are looked at before.
  ['ERR_INVALID_URL', () => 'the endpoint_url of the AWS configuration file is no URL: write one such as http://127.0.0.1:4510'],
  ['ECONNREFUSED', ({ where }) => `${where} refuses the connection: is the endpoint running, and is its port right?`],
  ['ENOTFOUND', unreachable],
  ['EAI_AGAIN', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['ECONNRESET', unreachable],
  ['EPIPE', unreachable],
  ['TimeoutError', timedOut],
]);

/** Name of the error that tells what an answer of ECS lacks. */
const READ_ERROR = 'ClusterReadError';

/** An answer with an error that ECS is not known to give here, or that is in another form than its own. */
function unknownAnswer({ where }: FaultContext, { name, message }: Fault, status: number): string {
  // The SDK has these names for an answer it cannot read and for one that names no error.
  const words = name === 'SyntaxError' || message === 'UnknownError' ? '' : message;
  const said = [name === 'SyntaxError' || name === 'Unknown' ? '' : name, words].filter((word) => word !== '').join(': ');
  const what = said === '' ? 'something other than Amazon ECS writes' : oneLine(said);
  const again = status >= 500 ? 'try again, and check the endpoint' : 'check the endpoint';
  return `${where} answers with status ${status} and ${what}: is it an Amazon ECS endpoint? ${again}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300);
}

/** Says in one line why a call to ECS failed and what to do; never a credential, never a stack trace. */
export function explainFault(error: unknown, context: FaultContext): string {
  const chain = causesOf(error);
  for (const fault of chain) {
    const explain = EXPLANATIONS.get(fault.code) ?? EXPLANATIONS.get(fault.name);
    if (explain !== undefined) return explain(context, fault);
    const status = fault.$metadata?.httpStatusCode;
    if (status === 429) return throttled(context, fault);
    if (status !== undefined) return unknownAnswer(context, fault, status);
  }
  const last = chain.at(-1);
  const reason = last === undefined ? String(error) : last.name === READ_ERROR ? last.message : `${last.name}: ${last.message}`;
  return `reading cluster ${context.cluster} from ${context.where} failed: ${oneLine(reason)}`;
}

/** An error and its causes, outermost first. */
function causesOf(error: unknown): readonly Fault[] {
  const chain: Fault[] = [];
  for (let next = error; isFault(next) && chain.length < MOST_CAUSES; next = next.cause) chain.push(next);
  return chain;
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value;
}
