import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for services, as it came. */
export interface ServiceCall {
  readonly operation: 'ListServices' | 'DescribeServices';
  readonly input: { readonly cluster?: string; readonly services?: readonly string[] };
}

/**
 * Amazon ECS with services, on loopback: it answers ListServices and DescribeServices itself, in one page, and hands everything else on
 * to the local endpoint, which knows none.
 */
export async function ecsWithServices(ecsUrl: string, services: readonly { readonly serviceArn: string }[]) {
  const calls: ServiceCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    if (operation === 'ListServices' || operation === 'DescribeServices') {
      const input = JSON.parse(body.toString('utf8'));
      calls.push({ operation, input });
      const found = services.filter(({ serviceArn }) => input.services?.includes(serviceArn));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(operation === 'ListServices' ? { serviceArns: services.map(({ serviceArn }) => serviceArn) } : { services: found }),
      );
      return;
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(ecsUrl, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.1' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, close };
}
