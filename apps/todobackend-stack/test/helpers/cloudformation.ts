import { createServer } from 'node:http';
import { listenOnLoopback } from '@plimsoll/test-support';

/** A stack as DescribeStacks tells of it, or the error that it answers. */
export type DescribedStack =
  | { readonly status: string; readonly terminationProtection?: boolean }
  | { readonly error: string; readonly httpStatus?: number };

/** AWS CloudFormation as far as DescribeStacks of one name goes, on loopback; what is not named does not exist. */
export async function cloudFormation(stacks: Readonly<Record<string, DescribedStack>>) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const name = new URLSearchParams(body).get('StackName') ?? '';
    const stack = stacks[name];
    if (stack === undefined || 'error' in stack) {
      const [code, message] = stack === undefined ? ['ValidationError', `Stack with id ${name} does not exist`] : [stack.error, 'refused'];
      response.writeHead(stack && 'httpStatus' in stack ? (stack.httpStatus ?? 400) : 400, { 'content-type': 'text/xml' });
      response.end(`<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/1</StackId>
<StackName>${name}</StackName><StackStatus>${stack.status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>
<EnableTerminationProtection>${stack.terminationProtection ?? false}</EnableTerminationProtection></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
  return listenOnLoopback(server);
}
