/** A todo as it is stored. Its URL is no part of it: that follows from the request. */
export interface Todo {
  /** Whole number from 1. */
  readonly id: number;
  /** 1 to 256 characters. */
  readonly title: string;
  readonly completed: boolean;
  /** Place in the list, a signed 32-bit whole number; null where it has none. */
  readonly order: number | null;
}

/** Everything a client may say about a todo. */
export type TodoFields = Omit<Todo, 'id'>;

/** The fields of a todo that a client wants changed. */
export type TodoChange = { readonly [Field in keyof TodoFields]?: TodoFields[Field] | undefined };

/** Longest title, in Unicode code points: what the column holds. */
export const MAX_TITLE_CHARACTERS = 256;

/** Bounds of `order`: those of the column. */
export const ORDER_RANGE = { minimum: -2_147_483_648, maximum: 2_147_483_647 } as const;
