import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A port whose connections stall: the system answers no SYN, as where a route drops it. */
export interface FullBacklog {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens with the shortest queue there is and never accepts. */
const LISTENER = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, server.address().port + '\\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** How many connections a queue of one takes before it is full, on Linux. */
const FILLING = 2;

/** Fills the queue of a process that never accepts; what connects then waits until it gives up. */
export async function fullBacklog(): Promise<FullBacklog> {
  const listener = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(listener, 'exit');
  const [line] = (await once(listener.stdout, 'data')) as [Buffer];
  const port = Number(line);
  const sockets: Socket[] = [];
  for (let filled = 0; filled < FILLING; filled += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    await once(socket, 'connect');
  }
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    listener.kill('SIGKILL');
    await exited;
  };
  return { port, close };
}
