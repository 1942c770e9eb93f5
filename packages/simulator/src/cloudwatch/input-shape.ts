/** Shape of a request's member, as far as the protocols need it to read one. */
export type Shape = ScalarShape | ListShape | StructureShape;

/** A member that is one value. */
export type ScalarShape = 'string' | 'double' | 'integer' | 'boolean' | 'timestamp';

/** A list of members of one shape. */
export interface ListShape {
  readonly list: Shape;
}

/** A structure; every member may be absent. */
export interface StructureShape {
  readonly structure: Readonly<Record<string, Shape>>;
}

/** What a value of the shape is once read. */
export type Decoded<S> = S extends 'string'
  ? string
  : S extends 'double' | 'integer'
    ? number
    : S extends 'boolean'
      ? boolean
      : S extends 'timestamp'
        ? Date
        : S extends { readonly list: infer Member }
          ? readonly Decoded<Member>[]
          : S extends { readonly structure: infer Members }
            ? { readonly [Name in keyof Members]?: Decoded<Members[Name]> }
            : never;

/** How one protocol's document is read; a reader answers `undefined` for what is of another type. */
export interface DocumentReader {
  string(node: unknown): string | undefined;
  /** NaN and the infinities are numbers here: to refuse them is up to the operation. */
  number(node: unknown): number | undefined;
  boolean(node: unknown): boolean | undefined;
  timestamp(node: unknown): Date | undefined;
  list(node: unknown): readonly unknown[] | undefined;
  /** A getter of members; it answers `undefined` for a member that is absent. */
  structure(node: unknown): ((name: string) => unknown) | undefined;
}

/** A document read by its shape, or where it does not have it. */
export type DecodeResult<S> = { readonly ok: true; readonly value: Decoded<S> } | { readonly ok: false; readonly message: string };

/** Thrown within this file only: the way out of the recursion. */
class Mismatch {
  constructor(readonly message: string) {}
}

/** Reads a document by its shape; members the shape lacks are passed over. */
export function decode<const S extends Shape>(shape: S, node: unknown, reader: DocumentReader): DecodeResult<S> {
  try {
    return { ok: true, value: read(shape, node, { reader, path: '' }) as Decoded<S> };
  } catch (mismatch) {
    if (mismatch instanceof Mismatch) return { ok: false, message: mismatch.message };
    throw mismatch;
  }
}

interface Position {
  readonly reader: DocumentReader;
  readonly path: string;
}

function read(shape: Shape, node: unknown, position: Position): unknown {
  if (typeof shape === 'string') return readScalar(shape, node, position);
  return 'list' in shape ? readList(shape, node, position) : readStructure(shape, node, position);
}

function readScalar(shape: ScalarShape, node: unknown, { reader, path }: Position): unknown {
  const value = reader[shape === 'integer' || shape === 'double' ? 'number' : shape](node);
  if (value === undefined || (shape === 'integer' && !Number.isInteger(value)))
    throw new Mismatch(`${path || 'The request'} is not a ${shape}.`);
  return value;
}

function readList(shape: ListShape, node: unknown, { reader, path }: Position): unknown {
  const members = reader.list(node);
  if (members === undefined) throw new Mismatch(`${path} is not a list.`);
  return members.map((member, index) => read(shape.list, member, { reader, path: `${path}.member.${index + 1}` }));
}

function readStructure(shape: StructureShape, node: unknown, { reader, path }: Position): unknown {
  const member = reader.structure(node);
  if (member === undefined) throw new Mismatch(`${path || 'The request'} is not a structure.`);
  const entries = Object.entries(shape.structure).flatMap(([name, memberShape]) => {
    const value = member(name);
    if (value === undefined) return [];
    return [[name, read(memberShape, value, { reader, path: path === '' ? name : `${path}.${name}` })]];
  });
  return Object.fromEntries(entries);
}
