import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that has just been started: it answers 503 for a while, then 200 with its version. */
export async function startService({ busyAnswers }: { readonly busyAnswers: number }) {
  let answers = 0;
  const server = createServer((_request, response) => {
    response.statusCode = answers++ < busyAnswers ? 503 : 200;
    response.end(response.statusCode === 200 ? 'version 2' : 'starting');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`, close };
}
