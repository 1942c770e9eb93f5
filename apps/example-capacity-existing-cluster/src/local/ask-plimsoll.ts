import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';

/** What the program said. */
export interface Answer {
  /** Exit status: 0, or 1 where fewer tasks fit than are required. */
  readonly status: number;
  readonly stdout: string;
}

/** Runs `plimsoll` as a process of its own, against the local endpoint. */
export function askPlimsoll(endpointUrl: string, ...parameters: readonly string[]): Promise<Answer> {
  const program = join(dirname(require.resolve('@plimsoll/cli/package.json')), 'bin', 'plimsoll.js');
  const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL: endpointUrl, AWS_REGION: 'us-east-1', ...DUMMY_CREDENTIALS };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...parameters], { env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number' && status <= 1) resolve({ status, stdout });
      else reject(error === null ? stderr : error);
    });
  });
}

/** The local endpoint asks for a signature and verifies none. */
const DUMMY_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
