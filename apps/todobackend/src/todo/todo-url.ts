import type { Todo } from './todo.js';

/** What a client sees of a todo. */
export interface TodoView {
  readonly title: string;
  readonly completed: boolean;
  readonly order: number | null;
  /** Absolute; made from the request, so that it is right behind whatever name the service was reached by. */
  readonly url: string;
}

/** A todo as a client of `origin` sees it. */
export function viewTodo(todo: Todo, origin: string): TodoView {
  return { title: todo.title, completed: todo.completed, order: todo.order, url: `${origin}/todos/${todo.id}` };
}

/**
 * Reads a Host header.
 *
 * @returns host and port as sent, and the name alone, both lower case; undefined where the header is no host
 */
export function parseHost(header: string | undefined): { readonly host: string; readonly name: string } | undefined {
  if (header === undefined || !/^[A-Za-z0-9._:[\]-]+$/.test(header) || !URL.canParse(`http://${header}`)) return undefined;
  const host = header.toLowerCase();
  return { host, name: host.replace(/:\d*$/, '') };
}

/** Whether requests may name this host. */
export function isAllowedHost(name: string, allowedHosts: readonly string[]): boolean {
  return allowedHosts.includes('*') || allowedHosts.includes(name);
}

/**
 * Reads the last part of a path as a todo's id.
 *
 * @returns a whole number from 1, or undefined where no todo can have such an id
 */
export function parseTodoId(text: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : undefined;
}
