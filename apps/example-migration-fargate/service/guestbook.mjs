// A guest book in one file. `serve` shows it, and starts only if the file has this version's layout; `migrate` brings it there.
//
// Environment: DATA_DIRECTORY, the folder of the file; PORT, where to listen.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const LAYOUT = 2;
const file = join(process.env.DATA_DIRECTORY ?? '/data', 'guestbook.json');

/** What the file holds: in layout 1 a list of texts, since then an object with its number. */
function read() {
  if (!existsSync(file)) return { layout: 0, entries: [] };
  const content = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(content) ? { layout: 1, entries: content } : content;
}

function migrate() {
  const { layout, entries } = read();
  console.log(`layout ${layout} with ${entries.length} entries, layout ${LAYOUT} is wanted`);
  if (layout > LAYOUT) {
    console.error(`layout ${layout} is of a later version: deploy that version, or put the file back`);
    return 3;
  }
  if (layout === LAYOUT) return 0;
  const migrated = layout === 1 ? entries.map((text) => ({ text, writtenAt: null })) : entries;
  // Beside it, then in its place: whoever reads sees the old file or the new one.
  writeFileSync(`${file}.new`, JSON.stringify({ layout: LAYOUT, entries: migrated }));
  renameSync(`${file}.new`, file);
  console.log(`migrated ${migrated.length} entries`);
  return 0;
}

function serve() {
  const { layout } = read();
  if (layout !== LAYOUT) {
    console.error(`layout ${layout} is not ${LAYOUT}: migrate first`);
    return 1;
  }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(read()));
  });
  server.listen(Number(process.env.PORT ?? 8080), () => console.log(`listening on port ${server.address().port}`));
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
  });
  return 0;
}

const commands = { migrate, serve };
const command = commands[process.argv[2] ?? 'serve'];
if (command === undefined) console.error(`the command is ${process.argv[2]}: give migrate or serve`);
process.exitCode = command?.() ?? 2;
