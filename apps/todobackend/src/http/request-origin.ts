import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAllowedHost, parseHost } from '../todo/todo-url.js';
import { sendProblem } from './problem.js';

/**
 * Scheme and host that a request was sent to, such as `https://todo.example.com`.
 *
 * The host is the Host header, which an Application Load Balancer passes on as it came; X-Forwarded-Host is never read, since the
 * load balancer passes that on as well, whoever wrote it. The scheme is X-Forwarded-Proto where a trusted proxy sent it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function originOf(request: FastifyRequest): string {
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  return `${scheme}://${parseHost(request.headers.host)?.host ?? 'localhost'}`;
}

/** Makes the hook that refuses requests for hosts that are not this service's, so that no URL is made of a stranger's name. */
export function checkHost(allowedHosts: readonly string[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // A load balancer's health check names the address of the host or container.
    if (request.routeOptions.url === '/health') return undefined;
    const host = parseHost(request.headers.host);
    if (host === undefined) {
      return sendProblem(reply, {
        status: 400,
        code: 'BAD_HOST',
        detail: 'the Host header is no host: send a name or address, and a port',
      });
    }
    if (isAllowedHost(host.name, allowedHosts)) return undefined;
    return sendProblem(reply, {
      status: 421,
      code: 'HOST_NOT_ALLOWED',
      detail: `${host.name} is no host of this service: whoever runs it lists its names in ALLOWED_HOSTS`,
    });
  };
}
