import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Result } from '../result.js';
import type { Todo } from '../todo/todo.js';
import { type InputProblem, parseTodo, parseTodoChange } from '../todo/todo-input.js';
import type { TodoStore } from '../todo/todo-store.js';
import { parseTodoId, type TodoView, viewTodo } from '../todo/todo-url.js';
import { sendProblem } from './problem.js';
import { originOf } from './request-origin.js';

type WithId = { Params: { id: string } };

/** The Todo-Backend API. */
export function addTodoRoutes(app: FastifyInstance, store: TodoStore): void {
  app.get('/todos', async (request) => {
    const origin = originOf(request);
    return (await store.list()).map((todo) => viewTodo(todo, origin));
  });

  app.post('/todos', async (request, reply) => {
    const input = parseTodo(request.body);
    if (!input.ok) return sendInvalid(reply, input.error);
    const view = viewTodo(await store.add(input.value), originOf(request));
    return reply.status(201).header('location', view.url).send(view);
  });

  app.delete('/todos', async (_, reply) => {
    await store.clear();
    return reply.status(204).send();
  });

  app.get<WithId>('/todos/:id', async (request, reply) => withId(request, reply, (id) => store.find(id)));

  app.put<WithId>('/todos/:id', async (request, reply) => {
    const input = parseTodo(request.body);
    return withInput(reply, input, (todo) => withId(request, reply, (id) => store.change(id, todo)));
  });

  app.patch<WithId>('/todos/:id', async (request, reply) => {
    const input = parseTodoChange(request.body);
    return withInput(reply, input, (change) => withId(request, reply, (id) => store.change(id, change)));
  });

  app.delete<WithId>('/todos/:id', async (request, reply) => {
    const id = parseTodoId(request.params.id);
    const removed = id !== undefined && (await store.remove(id));
    return removed ? reply.status(204).send() : sendNoTodo(reply);
  });

  refuseOtherMethods(app, '/todos', ['GET', 'HEAD', 'POST', 'DELETE']);
  refuseOtherMethods(app, '/todos/:id', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']);
}

async function withId(
  request: FastifyRequest<WithId>,
  reply: FastifyReply,
  work: (id: number) => Promise<Todo | undefined>,
): Promise<TodoView | FastifyReply> {
  const id = parseTodoId(request.params.id);
  const todo = id === undefined ? undefined : await work(id);
  return todo === undefined ? sendNoTodo(reply) : viewTodo(todo, originOf(request));
}

async function withInput<Input>(
  reply: FastifyReply,
  input: Result<Input, readonly InputProblem[]>,
  work: (input: Input) => Promise<TodoView | FastifyReply>,
): Promise<TodoView | FastifyReply> {
  return input.ok ? work(input.value) : sendInvalid(reply, input.error);
}

function sendNoTodo(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 404, code: 'NO_SUCH_TODO', detail: 'there is no such todo: use the url that a todo itself has' });
}

function sendInvalid(reply: FastifyReply, errors: readonly InputProblem[]): FastifyReply {
  const detail = errors.map((problem) => problem.detail).join('; ');
  return sendProblem(reply, { status: 422, code: 'INVALID_TODO', detail, errors });
}

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers 405 with the methods that a path does have. */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly HTTPMethods[]): void {
  app.route({
    method: METHODS.filter((method) => !allowed.includes(method)),
    url,
    handler: async (request, reply) =>
      sendProblem(reply.header('allow', allowed.join(', ')), {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        detail: `${request.method} is no method of this path: use ${allowed.join(', ')}`,
      }),
  });
}
