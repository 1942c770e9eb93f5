import { dirname, join } from 'node:path';
import type { ProcessResolver } from '@plimsoll/simulator';

/** The sample service's program, as it was built here. */
const PROGRAM = join(dirname(require.resolve('@plimsoll/todobackend/package.json')), 'bin', 'todobackend.js');

/**
 * Stands for the image of the service: its entry point is Node.js with the same program, from this repository.
 *
 * Any other image cannot be pulled.
 *
 * @param images names of it in the template; filled as they become known
 */
export function serviceImage(images: ReadonlySet<string>): ProcessResolver {
  return (launch) =>
    images.has(launch.image)
      ? { command: [process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM, ...launch.command] }
      : { pullFailure: `${launch.image} is not the image of the service` };
}
