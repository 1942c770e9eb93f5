/** One event of a log stream. */
export interface LogEvent {
  /** When it happened, in milliseconds since 1970. */
  readonly timestamp: number;
  /** Its text. */
  readonly message: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly ingestionTime: number;
}

/** One log stream. */
export interface LogStream {
  /** Name. */
  readonly name: string;
  /** When it was made, in milliseconds since 1970. */
  readonly createdAtMs: number;
  /** Events, in the order in which they arrived. */
  readonly events: readonly LogEvent[];
}

/** Log groups in memory. */
export interface LogStore {
  /** Makes a group; nothing happens if there is one. */
  createGroup(logGroupName: string): void;
  /** Makes a stream, and its group; nothing happens if there is one. */
  createStream(logGroupName: string, logStreamName: string): void;
  /** Adds a line, making group and stream where they are not there. */
  append(target: { readonly logGroupName: string; readonly logStreamName: string }, message: string): void;
  /** Removes a stream; nothing happens if there is none. */
  deleteStream(logGroupName: string, logStreamName: string): void;
  /** Streams of a group by name; undefined if there is no such group. */
  streams(logGroupName: string): ReadonlyMap<string, LogStream> | undefined;
}

interface OpenStream extends LogStream {
  readonly events: LogEvent[];
}

/** Creates a store without groups. */
export function createLogStore(now: () => Date): LogStore {
  const groups = new Map<string, Map<string, OpenStream>>();
  const groupNamed = (name: string): Map<string, OpenStream> => {
    const group = groups.get(name) ?? new Map<string, OpenStream>();
    groups.set(name, group);
    return group;
  };
  const streamNamed = (group: Map<string, OpenStream>, name: string): OpenStream => {
    const stream = group.get(name) ?? { name, createdAtMs: now().getTime(), events: [] };
    group.set(name, stream);
    return stream;
  };
  return {
    createGroup: (name) => {
      groupNamed(name);
    },
    createStream: (group, name) => {
      streamNamed(groupNamed(group), name);
    },
    append: ({ logGroupName, logStreamName }, message) => {
      const at = now().getTime();
      streamNamed(groupNamed(logGroupName), logStreamName).events.push({ timestamp: at, message, ingestionTime: at });
    },
    deleteStream: (group, name) => {
      groups.get(group)?.delete(name);
    },
    streams: (name) => groups.get(name),
  };
}
