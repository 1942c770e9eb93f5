import { Agent, request } from 'node:http';

/** An answer, or that there was none. */
export interface LoadAnswer {
  /** HTTP status code; 0 where the connection ended first. */
  readonly status: number;
  readonly body: string;
}

/** A client with a fixed number of connections that it keeps. */
export class LoadClient {
  private readonly agent: Agent;

  public constructor(
    private readonly port: number,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Sends one request; never rejects. */
  public async send(method: string, path: string, body?: unknown): Promise<LoadAnswer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve) => {
      const headers = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        response.on('error', () => resolve({ status: 0, body: '' }));
      });
      sent.on('error', () => resolve({ status: 0, body: '' }));
      sent.end(payload);
    });
  }

  /** Lets the connections go. */
  public close(): void {
    this.agent.destroy();
  }
}

/** Does `work` for 0 to `count` - 1, `width` at a time. */
export async function inParallel(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
