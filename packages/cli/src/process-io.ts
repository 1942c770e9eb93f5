import type { ProgramIo } from './program-io.js';
import { run } from './run.js';

/** The streams and signals of this process. */
function processIo(): ProgramIo {
  const interrupted = new AbortController();
  let listening = false;
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    // Listened to only once asked for: a command that does not look at the signal dies by it, as others do.
    get signal() {
      if (!listening) {
        listening = true;
        // A terminal that is closed asks to end just as well, and what was begun is to end with the program.
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());
      }
      return interrupted.signal;
    },
  };
}

/** Runs the program with this process's arguments and sets its exit status. */
export async function main(): Promise<void> {
  // The SDK's notice about coming Node.js versions is for those who depend on it, not for those who type commands.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  process.exitCode = await run(process.argv.slice(2), processIo());
}
