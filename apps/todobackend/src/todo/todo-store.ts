import { type Kysely, sql } from 'kysely';
import type { Schema } from '../database/schema.js';
import type { Todo, TodoChange, TodoFields } from './todo.js';

/** Todos in the database. Each method is one atomic statement, or one and a read. */
export class TodoStore {
  public constructor(private readonly database: Kysely<Schema>) {}

  /** All todos: by `order`, those without one last, then by age. */
  public async list(): Promise<Todo[]> {
    const rows = await this.todos().orderBy(sql`position is null`).orderBy('position').orderBy('id').execute();
    return rows.map(todoOf);
  }

  /** One todo, or undefined where there is none. */
  public async find(id: number): Promise<Todo | undefined> {
    const row = await this.todos().where('id', '=', id).executeTakeFirst();
    return row && todoOf(row);
  }

  /** Stores a new todo. */
  public async add(fields: TodoFields): Promise<Todo> {
    const { insertId } = await this.database.insertInto('todos').values(columnsOf(fields)).executeTakeFirstOrThrow();
    return { id: Number(insertId), ...fields };
  }

  /** Changes fields of a todo; undefined where there is none. */
  public async change(id: number, change: TodoChange): Promise<Todo | undefined> {
    const columns = columnsOf(change);
    if (Object.keys(columns).length > 0) await this.database.updateTable('todos').set(columns).where('id', '=', id).execute();
    return this.find(id);
  }

  /** Removes a todo; false where there is none. */
  public async remove(id: number): Promise<boolean> {
    const { numDeletedRows } = await this.database.deleteFrom('todos').where('id', '=', id).executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** Removes all todos. */
  public async clear(): Promise<void> {
    await this.database.deleteFrom('todos').execute();
  }

  /** Reads as little as can be, to see whether the database answers and has the table. */
  public async probe(): Promise<void> {
    await this.database.selectFrom('todos').select('id').limit(1).execute();
  }

  private todos() {
    return this.database.selectFrom('todos').select(['id', 'title', 'completed', 'position']);
  }
}

interface TodoRow {
  readonly id: number;
  readonly title: string;
  readonly completed: number;
  readonly position: number | null;
}

function todoOf(row: TodoRow): Todo {
  return { id: row.id, title: row.title, completed: row.completed !== 0, order: row.position };
}

interface Columns<Fields extends TodoChange> {
  readonly title: Fields['title'];
  readonly completed: Fields['completed'] extends boolean ? number : number | undefined;
  readonly position: Fields['order'];
}

/** The columns of those fields that are given. */
function columnsOf<Fields extends TodoChange>(fields: Fields): Columns<Fields> {
  return {
    ...(fields.title === undefined ? {} : { title: fields.title }),
    ...(fields.completed === undefined ? {} : { completed: fields.completed ? 1 : 0 }),
    ...(fields.order === undefined ? {} : { position: fields.order }),
  } as Columns<Fields>;
}
