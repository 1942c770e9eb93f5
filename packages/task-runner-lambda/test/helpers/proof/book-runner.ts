import type { CustomResourceRequest } from '@plimsoll/simulator';
import type { Subject, Surroundings } from './subjects.js';

/** Looks of the waiter, and the pause between them in milliseconds: botocore's `tasks_stopped`. */
const LOOKS = 100;
const PAUSE_MS = 6_000;

/** Tries that boto3 makes of a call by itself. */
const TRIES = 5;

interface BookTask {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly containers: readonly { readonly exitCode?: number }[];
}

/**
 * The task runner that the book "Docker on Amazon Web Services" describes, written anew from that description, to compare with.
 *
 * Delete succeeds at once. Create and Update run one task with the request's id as `startedBy`, wait for it with a waiter, and answer with
 * the first container's exit code; whatever throws is FAILED. Its function ends after 300 s.
 */
export const bookRunner: Subject = {
  name: 'the book',
  functionMs: 300_000,
  hasDestination: false,
  run: async (input, surroundings) => {
    const event = input as CustomResourceRequest;
    const answer = await outcomeOf(event, surroundings).catch((error: unknown) => ({
      Status: 'FAILED',
      PhysicalResourceId: 'log-stream',
      Reason: String(error),
    }));
    const { StackId, RequestId, LogicalResourceId } = event;
    await surroundings.put({
      url: event.ResponseURL,
      body: JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId, Data: {} }),
    });
  },
};

async function outcomeOf(event: CustomResourceRequest, surroundings: Surroundings): Promise<object> {
  if (event.RequestType === 'Delete') return { Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId };
  const { Cluster: cluster, TaskDefinition: taskDefinition } = event.ResourceProperties;
  const { tasks } = await call(surroundings, 'RunTask', { cluster, taskDefinition, startedBy: event.RequestId, count: 1 });
  // Where nothing was placed there is no first task, and its reasons are not looked at.
  const { taskArn } = first(tasks);
  for (let look = 1; look <= LOOKS; look += 1) {
    const { tasks: seen, failures } = await call(surroundings, 'DescribeTasks', { cluster, tasks: [taskArn] });
    if (failures.some(({ reason }) => reason === 'MISSING')) throw new RangeError('waiter TasksStopped failed: MISSING');
    if (seen.length > 0 && seen.every(({ lastStatus }) => lastStatus === 'STOPPED')) {
      const { exitCode } = first(first(seen).containers);
      if (exitCode === undefined) throw new RangeError("KeyError: 'exitCode'");
      return { Status: exitCode > 0 ? 'FAILED' : 'SUCCESS', PhysicalResourceId: taskArn, Reason: `exit code ${exitCode}` };
    }
    await surroundings.sleep(PAUSE_MS);
  }
  throw new RangeError('waiter TasksStopped failed: max attempts exceeded');
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new RangeError('IndexError: list index out of range');
  return item;
}

interface BookAnswer {
  readonly tasks: readonly BookTask[];
  readonly failures: readonly { readonly reason?: string }[];
}

/** A call with the tries that boto3 makes by itself: after throttling, server errors and lost connections. */
async function call({ client, sleep, random }: Surroundings, operation: string, input: object): Promise<BookAnswer> {
  const name = `${operation}Command`;
  const Command = {
    [name]: class {
      public constructor(public readonly input: unknown) {}
    },
  }[name] as new (
    given: unknown,
  ) => { readonly input: unknown };
  for (let tries = 1; ; tries += 1) {
    try {
      return await client('ecs').send(new Command(input));
    } catch (error) {
      const status = (error as { readonly $metadata?: { readonly httpStatusCode: number } }).$metadata?.httpStatusCode ?? 500;
      const isPassing = status >= 500 || (error as Error).name === 'ThrottlingException';
      if (!isPassing || tries === TRIES) throw error;
      await sleep(random() * 1000 * 2 ** (tries - 1));
    }
  }
}
