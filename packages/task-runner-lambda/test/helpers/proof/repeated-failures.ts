import type { InProcessClient } from '@plimsoll/simulator';
import { awsError } from '../fake-ecs.js';

type Command = Parameters<InProcessClient['send']>[0];

/** What RunTask was told for a token, where it placed nothing. */
interface Repeated {
  readonly parameters: string;
  readonly output: unknown;
}

/**
 * Makes ECS repeat a RunTask that found no room to whoever calls with its token again, as its documentation shows it; the simulator tries
 * again.
 *
 * @param waitMs what a call takes
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html "RunTask retry rules and responses"
 */
export function repeatingFailures(
  sleep: (milliseconds: number) => Promise<void>,
  waitMs: number,
): (client: InProcessClient) => InProcessClient {
  const failures = new Map<string, Repeated>();
  return (client) => ({
    send: async (command: Command) => {
      const { clientToken, ...asked } = command.input as Readonly<Record<string, unknown>>;
      if (command.constructor.name !== 'RunTaskCommand' || typeof clientToken !== 'string') return client.send(command);
      const parameters = JSON.stringify(asked);
      const known = failures.get(clientToken);
      if (known === undefined) {
        const output = await client.send(command);
        if (output.tasks?.length === 0) failures.set(clientToken, { parameters, output });
        return output;
      }
      await sleep(waitMs);
      if (known.parameters === parameters) return known.output;
      throw awsError('ConflictException', 'token in use', 400, { resourceIds: [] });
    },
  });
}
