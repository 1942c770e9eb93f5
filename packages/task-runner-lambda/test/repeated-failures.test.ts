import type { InProcessClient } from '@plimsoll/simulator';
import { repeatingFailures } from './helpers/proof/repeated-failures.js';

class RunTaskCommand {
  public constructor(public readonly input: object) {}
}
class ListTasksCommand extends RunTaskCommand {}

const NO_ROOM = { tasks: [], failures: [{ reason: 'RESOURCE:CPU' }] };
const PLACED = { tasks: [{ taskArn: 'arn' }], failures: [] };

/** A cluster that answers one call after the other, in front of it what repeats failures. */
function clientOver(...answers: readonly unknown[]) {
  const left = [...answers];
  const inner: InProcessClient = { send: async () => left.shift() };
  const client = repeatingFailures(async () => undefined, 0)(inner);
  const send = (command: object) => client.send(command as Parameters<InProcessClient['send']>[0]);
  return { left, send };
}

test('a token for which there was no room gets the same again, and with other parameters a conflict that names no task', async () => {
  const { left, send } = clientOver(NO_ROOM, PLACED);
  expect(await send(new RunTaskCommand({ clientToken: 'a', count: 1 }))).toEqual(NO_ROOM);
  expect(await send(new RunTaskCommand({ clientToken: 'a', count: 1 }))).toEqual(NO_ROOM);
  await expect(send(new RunTaskCommand({ clientToken: 'a', count: 2 }))).rejects.toMatchObject({
    name: 'ConflictException',
    resourceIds: [],
    $metadata: { httpStatusCode: 400 },
  });
  expect(left).toEqual([PLACED]);
});

test('what placed a task, another token, none and another call go through', async () => {
  const { send } = clientOver(NO_ROOM, PLACED, PLACED, NO_ROOM, PLACED, NO_ROOM);
  await send(new RunTaskCommand({ clientToken: 'a' }));
  for (let call = 0; call < 2; call += 1) expect(await send(new RunTaskCommand({ clientToken: 'b' }))).toEqual(PLACED);
  expect(await send(new RunTaskCommand({}))).toEqual(NO_ROOM);
  expect(await send(new RunTaskCommand({}))).toEqual(PLACED);
  expect(await send(new ListTasksCommand({ clientToken: 'a' }))).toEqual(NO_ROOM);
});
