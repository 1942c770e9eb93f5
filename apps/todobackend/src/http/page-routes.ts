import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from './todo-routes.js';

/** What the browser lets the page do: use files and the API of its own origin, nothing else. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page and its files, each from the first of `folders` that has it. */
export async function addPageRoutes(app: FastifyInstance, folders: readonly string[]): Promise<void> {
  await app.register(fastifyStatic, {
    root: [...folders],
    prefix: '/static/',
    index: false,
    // The files keep their names from release to release: browsers ask each time, and hear 304 mostly.
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('cache-control', 'no-cache');
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    },
  });
  app.get('/', async (_, reply) => reply.sendFile('index.html'));
  refuseOtherMethods(app, '/', ['GET', 'HEAD']);
}
