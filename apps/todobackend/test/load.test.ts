import { once } from 'node:events';
import { ApiClient } from '../src/specification/api-client.js';
import { describeOnEachDatabase } from './helpers/databases.js';
import { inParallel, LoadClient } from './helpers/load.js';
import { type RunningService, serve } from './helpers/program.js';

const FULL = process.env.PLIMSOLL_TEST_LEVEL === 'full';

/** Connections of the client. */
const CONNECTIONS = 40;

/**
 * Todos of the load test. Each takes five requests, and one more where it is deleted: 10,500 on the kind of database that
 * production has. The embedded one waits for the disk at each write, one after the other.
 */
const TODOS = { mysql: FULL ? 20_000 : 2_000, sqlite: FULL ? 2_000 : 400 };

/** Acknowledged writes after which a service is killed or told to stop. */
const WRITES = FULL ? 2_000 : 200;

/** Path of a todo in an answer. */
const pathOf = (body: string): string => new URL((JSON.parse(body) as { readonly url: string }).url).pathname;

/** Keeps a service busy with new todos, and tells after how many acknowledged ones. */
function write(service: RunningService, client: LoadClient) {
  const acknowledged: string[] = [];
  /** Statuses other than 201; none where the connection ended. */
  const unexpected: number[] = [];
  let reached: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let ended = false;
  const done = inParallel(CONNECTIONS, CONNECTIONS, async (worker) => {
    for (let index = 0; !ended; index += 1) {
      const title = `${worker}-${index}`;
      const { status } = await client.send('POST', '/todos', { title });
      if (status === 201) acknowledged.push(title);
      else if (status !== 0) unexpected.push(status);
      if (acknowledged.length >= WRITES) reached();
      if (status === 0) ended = service.child.killed;
    }
  });
  return { acknowledged, unexpected, enough, done };
}

describeOnEachDatabase('under load', (databases, kind) => {
  const todoCount = TODOS[kind];

  test(`${todoCount * 5} requests and more: every one is answered, and nothing is lost or doubled`, async () => {
    const service = await serve(await databases.migrated());
    const client = new LoadClient(service.port, CONNECTIONS);
    const statuses = new Map<string, number>();
    let requests = 0;
    const send = async (method: string, path: string, body?: unknown) => {
      const answer = await client.send(method, path, body);
      const key = `${method} ${answer.status}`;
      statuses.set(key, (statuses.get(key) ?? 0) + 1);
      requests += 1;
      return answer;
    };
    await inParallel(todoCount, CONNECTIONS, async (index) => {
      const path = pathOf((await send('POST', '/todos', { title: `todo ${index}`, order: index })).body);
      const read = await send('GET', path);
      expect(JSON.parse(read.body)).toMatchObject({ title: `todo ${index}`, completed: false, order: index });
      await send('PATCH', path, { completed: true });
      await send('PUT', path, { title: `again ${index}`, order: -index });
      if (index % 4 === 0) await send('DELETE', path);
      const last = await send('GET', path);
      expect(last.status).toBe(index % 4 === 0 ? 404 : 200);
    });
    const left = todoCount - todoCount / 4;
    expect(requests).toBe(todoCount * 5 + todoCount / 4);
    expect(Object.fromEntries(statuses)).toEqual({
      'POST 201': todoCount,
      'GET 200': todoCount + left,
      'PATCH 200': todoCount,
      'PUT 200': todoCount,
      'DELETE 204': todoCount / 4,
      'GET 404': todoCount / 4,
    });
    const todos = await new ApiClient(service.url).list();
    const expected = Array.from({ length: todoCount }, (_, index) => index).filter((index) => index % 4 !== 0);
    expect(todos.map((todo) => `${todo.title} ${todo.order} ${todo.completed}`)).toEqual(
      expected.reverse().map((index) => `again ${index} ${-index} false`),
    );
    expect(new Set(todos.map((todo) => todo.url)).size).toBe(left);
    client.close();
    expect((await service.stop()).code).toBe(0);
  }, 300_000);

  test('killed in the middle of writes, a service has kept each one that it acknowledged', async () => {
    const settings = await databases.migrated();
    const service = await serve(settings);
    const client = new LoadClient(service.port, CONNECTIONS);
    const writing = write(service, client);
    await writing.enough;
    service.child.kill('SIGKILL');
    await Promise.all([writing.done, once(service.child, 'exit')]);
    client.close();
    const next = await serve(settings);
    const titles = (await new ApiClient(next.url).list()).map((todo) => todo.title);
    expect(titles).toEqual(expect.arrayContaining(writing.acknowledged));
    expect(new Set(titles).size).toBe(titles.length);
    // What was under way may be there or not, but no more than one a connection.
    expect(titles.length - writing.acknowledged.length).toBeLessThanOrEqual(CONNECTIONS);
    await next.stop();
  }, 120_000);

  test('told to stop in the middle of writes, a service answers each one it has taken, and ends with 0', async () => {
    const settings = await databases.migrated();
    const service = await serve(settings);
    const client = new LoadClient(service.port, CONNECTIONS);
    const writing = write(service, client);
    await writing.enough;
    const { code, log } = await service.stop();
    await writing.done;
    client.close();
    expect(code).toBe(0);
    expect(log.map((line) => line.msg)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
    expect(writing.unexpected).toEqual([]);
    const next = await serve(settings);
    const titles = (await new ApiClient(next.url).list()).map((todo) => todo.title);
    // Exactly those: none that was stored went without its answer.
    expect(titles.sort()).toEqual(writing.acknowledged.sort());
    await next.stop();
  }, 120_000);
});
