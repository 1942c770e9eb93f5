import type { Readable } from 'node:stream';

/** The lines a function logs. */
export interface LogLines {
  /** Reads lines from a stream to its end. */
  follow(stream: Readable): void;
  /** The lines since the last time, oldest first. */
  take(): readonly string[];
  /** Settles when everything the invocation logged before it answered has been read. */
  endOf(requestId: string): Promise<void>;
}

/** Gathers lines, each handed to `onLine` when it comes. */
export function createLogLines(onLine: (line: string) => void): LogLines {
  let lines: string[] = [];
  const ended = new Set<string>();
  const waiting = new Map<string, () => void>();

  const add = (line: string): void => {
    lines.push(line);
    onLine(line);
  };

  /** A marker may follow text that did not end its line. */
  const read = (line: string): void => {
    const marker = /^(.*)\0end of ([\w-]+)\0$/s.exec(line);
    const [, rest = line, requestId] = marker ?? [];
    if (requestId === undefined || rest !== '') add(rest);
    if (requestId === undefined) return;
    ended.add(requestId);
    waiting.get(requestId)?.();
  };

  return {
    follow(stream) {
      let unfinished = '';
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        const parts = (unfinished + text).split('\n');
        unfinished = parts.pop() ?? '';
        for (const part of parts) read(part);
      });
      stream.on('end', () => {
        if (unfinished !== '') read(unfinished);
      });
    },
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
    async endOf(requestId) {
      if (!ended.has(requestId)) await new Promise<void>((resolve) => waiting.set(requestId, resolve));
      ended.delete(requestId);
      waiting.delete(requestId);
    },
  };
}
