import type { Host } from './host.js';

/** How to get back from a later version to the one before it. */
interface Undo {
  readonly later: SharedHosts;
  readonly arn: string;
  /** The host as it was; `undefined` where it was not known. */
  readonly before: Host | undefined;
}

/**
 * Hosts by ARN, immutable, and cheap to change one at a time.
 *
 * The latest version holds the table; an earlier one holds what to undo, and makes itself a table when it is read. So a chain of
 * changes costs the same for each, however many hosts there are. After as many changes as there are hosts the table is copied,
 * so that an early version someone keeps does not keep every change ever made.
 */
export class SharedHosts implements ReadonlyMap<string, Host> {
  /** The map, or how to get it: from a later version. */
  #content: Map<string, Host> | Undo;
  /** Changes since the table was copied. */
  readonly #changes: number;

  public constructor(hosts: Iterable<readonly [string, Host]>, changes = 0) {
    this.#content = hosts instanceof Map ? hosts : new Map(hosts);
    this.#changes = changes;
  }

  /** The same hosts with one added or replaced; this version stays as it is. */
  public with(host: Host): SharedHosts {
    const table = this.#table();
    const arn = host.containerInstanceArn;
    if (this.#changes >= table.size) return new SharedHosts(new Map(table).set(arn, host));
    const later = new SharedHosts(table, this.#changes + 1);
    this.#content = { later, arn, before: table.get(arn) };
    table.set(arn, host);
    return later;
  }

  public get size(): number {
    return this.#table().size;
  }

  public get(arn: string): Host | undefined {
    return this.#table().get(arn);
  }

  public has(arn: string): boolean {
    return this.#table().has(arn);
  }

  // What iterates is copied first: the table may change hands before the iteration ends.

  public entries(): MapIterator<[string, Host]> {
    return new Map(this.#table()).entries();
  }

  public keys(): MapIterator<string> {
    return new Map(this.#table()).keys();
  }

  public values(): MapIterator<Host> {
    return new Map(this.#table()).values();
  }

  public [Symbol.iterator](): MapIterator<[string, Host]> {
    return this.entries();
  }

  public forEach(visit: (host: Host, arn: string, hosts: ReadonlyMap<string, Host>) => void): void {
    for (const [arn, host] of this) visit(host, arn, this);
  }

  #table(): Map<string, Host> {
    if (this.#content instanceof Map) return this.#content;
    const undos: Undo[] = [];
    let content: Map<string, Host> | Undo = this.#content;
    while (!(content instanceof Map)) {
      undos.push(content);
      content = content.later.#content;
    }
    const table = new Map(content);
    for (const { arn, before } of undos.reverse()) {
      if (before === undefined) table.delete(arn);
      else table.set(arn, before);
    }
    this.#content = table;
    return table;
  }
}
