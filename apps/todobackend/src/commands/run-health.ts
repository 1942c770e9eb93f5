import { EXIT, type ExitCode } from '../exit-code.js';
import type { HealthSettings } from '../settings/settings.js';

/** Longest wait for the service, in milliseconds. */
const WAIT_MILLISECONDS = 4_000;

/** Asks the service on this host whether it is healthy, as a container's health check does. */
export async function runHealth(settings: HealthSettings, write: (line: string) => void): Promise<ExitCode> {
  const url = `http://${reachable(settings.host)}:${settings.port}/health`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(WAIT_MILLISECONDS) });
    write(await response.text());
    return response.ok ? EXIT.done : EXIT.unhealthy;
  } catch (error) {
    write(`${url} does not answer: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.unhealthy;
  }
}

/** An address to reach a service by that listens on `address`. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}
