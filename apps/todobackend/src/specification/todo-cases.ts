import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import type { SpecificationCase } from './specification.js';

/** What todobackend.com asks of every implementation, and the rest of what clients can do with todos. */
export const todoCases: readonly SpecificationCase[] = [
  {
    name: 'answers GET of its root with a list',
    check: async (api) => {
      const { status, body } = await api.send('GET', '/todos');
      equal(status, 200);
      equal(Array.isArray(body), true);
    },
  },
  {
    name: 'answers POST with 201, the todo and its Location',
    check: async (api) => {
      const { status, headers, body } = await api.send('POST', '/todos', { body: { title: 'walk the dog' } });
      equal(status, 201);
      const { url, ...fields } = body as { readonly url: string };
      deepEqual(fields, { title: 'walk the dog', completed: false, order: null });
      equal(headers.get('location'), url);
    },
  },
  {
    name: 'has nothing left after DELETE of its root',
    check: async (api) => {
      await api.create({ title: 'gone soon' });
      equal((await api.send('DELETE', '/todos')).status, 204);
      deepEqual(await api.list(), []);
    },
  },
  {
    name: 'lists what was posted',
    check: async (api) => {
      await api.clear();
      const todo = await api.create({ title: 'walk the dog' });
      deepEqual(await api.list(), [todo]);
    },
  },
  {
    name: 'gives each todo a URL, under the name it was called by, that returns it',
    check: async (api) => {
      const todo = await api.create({ title: 'my todo' });
      match(todo.url, new RegExp(`^${api.baseUrl.replaceAll('.', '\\.')}/todos/[1-9][0-9]*$`));
      const { status, body } = await api.send('GET', todo.url);
      equal(status, 200);
      deepEqual(body, todo);
    },
  },
  {
    name: 'gives two todos two URLs, also after the first was deleted',
    check: async (api) => {
      const first = await api.create({ title: 'first' });
      await api.send('DELETE', first.url);
      const second = await api.create({ title: 'second' });
      notEqual(second.url, first.url);
    },
  },
  {
    name: 'changes the title with PATCH, and nothing else',
    check: async (api) => {
      const todo = await api.create({ title: 'initial title', completed: true, order: 7 });
      const { status, body } = await api.send('PATCH', todo.url, { body: { title: 'bathe the cat' } });
      equal(status, 200);
      deepEqual(body, { ...todo, title: 'bathe the cat' });
    },
  },
  {
    name: 'changes completed with PATCH, both ways',
    check: async (api) => {
      const todo = await api.create({ title: 'blah' });
      deepEqual((await api.send('PATCH', todo.url, { body: { completed: true } })).body, { ...todo, completed: true });
      deepEqual((await api.send('PATCH', todo.url, { body: { completed: false } })).body, todo);
    },
  },
  {
    name: 'remembers changes, alone and in the list',
    check: async (api) => {
      await api.clear();
      const todo = await api.create({ title: 'before', order: 10 });
      await api.send('PATCH', todo.url, { body: { title: 'after', completed: true, order: 95 } });
      const changed = { ...todo, title: 'after', completed: true, order: 95 };
      deepEqual((await api.send('GET', todo.url)).body, changed);
      deepEqual(await api.list(), [changed]);
    },
  },
  {
    name: 'takes an order with POST, and takes it away with PATCH',
    check: async (api) => {
      const todo = await api.create({ title: 'blah', order: 523 });
      equal(todo.order, 523);
      deepEqual((await api.send('PATCH', todo.url, { body: { order: null } })).body, { ...todo, order: null });
    },
  },
  {
    name: 'changes nothing with a PATCH of nothing, or of the url',
    check: async (api) => {
      const todo = await api.create({ title: 'as it is' });
      deepEqual((await api.send('PATCH', todo.url, { body: {} })).body, todo);
      deepEqual((await api.send('PATCH', todo.url, { body: { url: 'http://elsewhere.example/todos/1' } })).body, todo);
    },
  },
  {
    name: 'changes nothing with a PATCH to what the todo is already',
    check: async (api) => {
      const todo = await api.create({ title: 'same', completed: true, order: 1 });
      const { status, body } = await api.send('PATCH', todo.url, { body: { title: 'same', completed: true, order: 1 } });
      equal(status, 200);
      deepEqual(body, todo);
    },
  },
  {
    name: 'replaces the whole todo with PUT',
    check: async (api) => {
      const todo = await api.create({ title: 'old', completed: true, order: 3 });
      const { status, body } = await api.send('PUT', todo.url, { body: { title: 'new' } });
      equal(status, 200);
      deepEqual(body, { title: 'new', completed: false, order: null, url: todo.url });
    },
  },
  {
    name: 'deletes one todo and leaves the others',
    check: async (api) => {
      await api.clear();
      const kept = await api.create({ title: 'kept' });
      const { url } = await api.create({ title: 'deleted' });
      equal((await api.send('DELETE', url)).status, 204);
      deepEqual(await api.list(), [kept]);
      equal((await api.send('GET', url)).status, 404);
    },
  },
  {
    name: 'lists by order, those without one last, equals by age',
    check: async (api) => {
      await api.clear();
      for (const [title, order] of [
        ['none 1', null],
        ['two', 2],
        ['minus', -5],
        ['two again', 2],
        ['none 2', null],
      ]) {
        await api.create({ title, order });
      }
      deepEqual(
        (await api.list()).map((todo) => todo.title),
        ['minus', 'two', 'two again', 'none 1', 'none 2'],
      );
    },
  },
  {
    name: 'keeps every character of a title',
    check: async (api) => {
      const title = `  O'Brien "\\" % _ ; -- \u00e9e\u0301 \u6f22\u5b57 \u{1f6a2}\u{1f1ea}\u{1f1fa} \u0627\u0644 line\nbreak\ttab `;
      const todo = await api.create({ title });
      equal(todo.title, title);
      deepEqual((await api.send('GET', todo.url)).body, todo);
    },
  },
  {
    name: 'answers HEAD as GET, without the body',
    check: async (api) => {
      const { url } = await api.create({ title: 'head' });
      const { status, body } = await api.send('HEAD', url);
      equal(status, 200);
      equal(body, undefined);
    },
  },
  {
    name: 'answers DELETE that names a content type and has no body, as browsers send it',
    check: async (api) => {
      const { url } = await api.create({ title: 'gone' });
      equal((await api.send('DELETE', url, { headers: { 'content-type': 'application/json' } })).status, 204);
    },
  },
  {
    name: 'is healthy, and has a page at its root',
    check: async (api) => {
      const health = await api.send('GET', '/health');
      equal(health.status, 200);
      equal((health.body as { readonly status: string }).status, 'ok');
      const page = await api.send('GET', '/');
      equal(page.status, 200);
      match(page.headers.get('content-type') ?? '', /^text\/html/);
    },
  },
];
