import { deepEqual, equal, match } from 'node:assert/strict';
import type { ApiAnswer, ApiClient } from './api-client.js';
import type { SpecificationCase } from './specification.js';

/** What the service answers to requests that cannot be served. */
export const inputCases: readonly SpecificationCase[] = [
  ...[
    { wrong: 'no title', body: { completed: true }, pointers: ['/title'] },
    { wrong: 'a title of another type', body: { title: 7 }, pointers: ['/title'] },
    { wrong: 'a blank title', body: { title: ' \t\n' }, pointers: ['/title'] },
    { wrong: 'a title of 257 characters', body: { title: '\u{1f6a2}'.repeat(257) }, pointers: ['/title'] },
    { wrong: 'a NUL in the title', body: { title: 'a\0b' }, pointers: ['/title'] },
    { wrong: 'half a surrogate pair in the title', body: '{"title":"a\\ud800b"}', pointers: ['/title'] },
    { wrong: 'a completed of another type', body: { title: 'x', completed: 'yes' }, pointers: ['/completed'] },
    { wrong: 'a fraction as order', body: { title: 'x', order: 1.5 }, pointers: ['/order'] },
    { wrong: 'an order beyond 32 bits', body: { title: 'x', order: 2_147_483_648 }, pointers: ['/order'] },
    { wrong: 'an order beyond all numbers', body: '{"title":"x","order":1e999}', pointers: ['/order'] },
    { wrong: 'a field that is none', body: { title: 'x', tilte: 'y' }, pointers: ['/tilte'] },
    { wrong: 'two wrong fields', body: { title: null, order: 'first' }, pointers: ['/title', '/order'] },
    { wrong: 'a list', body: [{ title: 'x' }], pointers: [''] },
    { wrong: 'null', body: 'null', pointers: [''] },
    { wrong: 'no body', body: undefined, pointers: [''] },
  ].map(({ wrong, body, pointers }) => ({
    name: `refuses ${wrong} with 422, and stores nothing`,
    check: async (api: ApiClient) => {
      await api.clear();
      const answer = await api.send('POST', '/todos', { body });
      isProblem(answer, 422, 'INVALID_TODO');
      const { errors } = answer.body as { readonly errors: readonly { readonly pointer: string }[] };
      deepEqual(
        errors.map((error) => error.pointer),
        pointers,
      );
      deepEqual(await api.list(), []);
    },
  })),
  {
    name: 'takes a title of 256 characters, however many bytes they have',
    check: async (api) => {
      const title = '\u{1f6a2}'.repeat(256);
      equal((await api.create({ title })).title, title);
    },
  },
  {
    name: 'takes the least and the greatest order',
    check: async (api) => {
      for (const order of [-2_147_483_648, 0, 2_147_483_647]) equal((await api.create({ title: 'x', order })).order, order);
    },
  },
  {
    name: 'refuses a wrong PATCH or PUT with 422, and changes nothing',
    check: async (api) => {
      const todo = await api.create({ title: 'stays', order: 1 });
      isProblem(await api.send('PATCH', todo.url, { body: { title: '', order: 2 } }), 422, 'INVALID_TODO');
      isProblem(await api.send('PATCH', todo.url, { body: { title: null } }), 422, 'INVALID_TODO');
      isProblem(await api.send('PUT', todo.url, { body: { order: 2 } }), 422, 'INVALID_TODO');
      deepEqual((await api.send('GET', todo.url)).body, todo);
    },
  },
  {
    name: 'refuses what is no JSON with 400',
    check: async (api) => {
      isProblem(await api.send('POST', '/todos', { body: '{"title":' }), 400, 'INVALID_JSON_BODY');
      isProblem(await api.send('POST', '/todos', { body: '{"title":"x","__proto__":{"completed":true}}' }), 400, 'INVALID_JSON_BODY');
    },
  },
  {
    name: 'refuses another type than JSON with 415',
    check: async (api) => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        isProblem(await api.send('POST', '/todos', { body: 'title=x', headers: { 'content-type': type } }), 415, 'INVALID_MEDIA_TYPE');
      }
    },
  },
  {
    name: 'refuses a body that is too large with 413',
    check: async (api) => isProblem(await api.send('POST', '/todos', { body: { title: 'x'.repeat(2_000_000) } }), 413, 'BODY_TOO_LARGE'),
  },
  {
    name: 'answers 404 for a todo that is not there, whatever is asked of it',
    check: async (api) => {
      const { url } = await api.create({ title: 'x' });
      await api.send('DELETE', url);
      const ids = [
        url,
        '/todos/0',
        '/todos/-1',
        '/todos/01',
        '/todos/1e3',
        '/todos/9999999999999999',
        '/todos/99999999999999999999',
        '/todos/x',
      ];
      for (const path of ids) {
        isProblem(await api.send('GET', path), 404, 'NO_SUCH_TODO');
        isProblem(await api.send('DELETE', path), 404, 'NO_SUCH_TODO');
        isProblem(await api.send('PATCH', path, { body: { completed: true } }), 404, 'NO_SUCH_TODO');
        isProblem(await api.send('PUT', path, { body: { title: 'x' } }), 404, 'NO_SUCH_TODO');
      }
      isProblem(await api.send('GET', '/nothing/here'), 404, 'NOT_FOUND');
    },
  },
  {
    name: 'answers 405 with the methods there are',
    check: async (api) => {
      const root = await api.send('PUT', '/todos', { body: { title: 'x' } });
      isProblem(root, 405, 'METHOD_NOT_ALLOWED');
      equal(root.headers.get('allow'), 'GET, HEAD, POST, DELETE');
      const { url } = await api.create({ title: 'x' });
      const todo = await api.send('POST', url, { body: { title: 'x' } });
      isProblem(todo, 405, 'METHOD_NOT_ALLOWED');
      equal(todo.headers.get('allow'), 'GET, HEAD, PUT, PATCH, DELETE');
    },
  },
];

function isProblem(answer: ApiAnswer, status: number, code: string): void {
  equal(answer.status, status);
  match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const body = answer.body as { readonly status: number; readonly code: string; readonly detail: string };
  equal(body.status, status);
  equal(body.code, code);
  // What is wrong, then what to do.
  match(body.detail, /: /);
}
