import { once } from 'node:events';
import { createServer } from 'node:http';
import { listenOnLoopback } from '../src/index.js';

test('a server answers at its address until it is closed, which waits for no answer', async () => {
  const server = createServer((request, response) => void (request.url === '/' && response.end('here')));
  const { url, close } = await listenOnLoopback(server);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(url)).text()).toBe('here');
  const received = once(server, 'request');
  const unanswered = fetch(`${url}/never`).catch((error: unknown) => error);
  await received;
  await close();
  expect(await unanswered).toMatchObject({ message: 'fetch failed' });
  await expect(fetch(url)).rejects.toThrow();
  await close();
});

test('a server that cannot listen is told of', async () => {
  const first = createServer();
  await listenOnLoopback(first);
  await expect(listenOnLoopback(first)).rejects.toMatchObject({ code: 'ERR_SERVER_ALREADY_LISTEN' });
  first.close();
});
