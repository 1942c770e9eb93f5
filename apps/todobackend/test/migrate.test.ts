import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ApiClient } from '../src/specification/api-client.js';
import { describeOnEachDatabase, describeWithServer } from './helpers/databases.js';
import { type Finished, run, serve, start } from './helpers/program.js';
import { temporaryFolder } from './helpers/temporary-folder.js';

/** A program that runs migrations of a test's own through the service's own runner. */
const CUSTOM = join(__dirname, 'helpers', 'migrate-custom.cjs');

async function migrateCustom(settings: Record<string, string>, scenario: string): Promise<Finished> {
  return start([scenario], settings, CUSTOM).end();
}

describeOnEachDatabase('migrate', (databases) => {
  test('makes the tables once, says what it did, and changes nothing the next time', async () => {
    const settings = databases.empty();
    const first = await run(['migrate'], settings);
    expect(first.code).toBe(0);
    expect(first.log.at(-1)).toMatchObject({ msg: 'migrated', applied: [{ version: 1, name: 'create-todos' }] });
    const service = await serve(settings);
    const todo = await new ApiClient(service.url).create({ title: 'kept' });
    const second = await run(['migrate'], settings);
    expect(second.code).toBe(0);
    expect(second.log.at(-1)).toMatchObject({ msg: 'nothing to migrate', applied: [] });
    expect(await new ApiClient(service.url).list()).toEqual([todo]);
    await service.stop();
  });

  test('four at once: one does the work, all succeed', async () => {
    const settings = databases.empty();
    const all = await Promise.all(Array.from({ length: 4 }, () => run(['migrate'], settings)));
    expect(all.map((each) => `${each.code} ${each.stdout}`)).toEqual(all.map(() => expect.stringMatching(/^0 /)));
    expect(all.flatMap((each) => each.log.flatMap((line) => line.applied))).toHaveLength(1);
  });

  test('waits for another one that is at work, and ends with MIGRATION_LOCKED when that takes too long', async () => {
    const settings = databases.empty();
    const holder = start(['hold'], settings, CUSTOM);
    await holder.line('holding');
    const impatient = await run(['migrate'], { ...settings, MIGRATE_LOCK_SECONDS: '1' });
    expect(impatient.code).toBe(3);
    expect(impatient.log.at(-1)).toMatchObject({ level: 'fatal', msg: 'not migrated', err: { code: 'MIGRATION_LOCKED' } });
    const patient = run(['migrate'], settings);
    holder.child.kill('SIGTERM');
    expect((await holder.end()).code).toBe(0);
    // What the holder did is there, and the one that waited had nothing left to do.
    expect((await patient).log.at(-1)).toMatchObject({ msg: 'nothing to migrate' });
  });

  test('a killed one leaves no lock', async () => {
    const settings = databases.empty();
    const holder = start(['hold'], settings, CUSTOM);
    await holder.line('holding');
    holder.child.kill('SIGKILL');
    await once(holder.child, 'exit');
    const next = await run(['migrate'], settings);
    expect(next.code).toBe(0);
    expect(next.log.at(-1)).toMatchObject({ msg: 'migrated' });
  });

  test('one that failed half-way is named, and goes through when its cause is mended', async () => {
    const settings = databases.empty();
    const failed = await migrateCustom(settings, 'fail-half-way');
    expect(failed.stdout).toContain('MIGRATION_FAILED');
    expect(failed.stdout).toContain('migration 2 \\"second\\" failed');
    const mended = await migrateCustom(settings, 'mended');
    // SQLite undid all of it; MySQL keeps the step that was whole.
    expect(JSON.parse(mended.stdout)).toEqual({ applied: databases.server() ? [2] : [1, 2], newer: [] });
  });

  test('an older release leaves a newer schema as it is', async () => {
    const settings = databases.empty();
    await migrateCustom(settings, 'newer');
    const older = await run(['migrate'], settings);
    expect(older.code).toBe(0);
    expect(older.log.map((line) => line.msg)).toEqual(['the schema is newer than this release: left as it is', 'nothing to migrate']);
  });

  test('a schema of another program is refused', async () => {
    const settings = databases.empty();
    await migrateCustom(settings, 'mended');
    const { code, log } = await run(['migrate'], settings);
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ err: { code: 'SCHEMA_DIVERGED' } });
  });

  test('a service whose database has no tables says so, and is healthy as soon as it has them', async () => {
    const settings = databases.empty();
    const service = await serve(settings);
    const api = new ApiClient(service.url);
    expect(await api.send('GET', '/health')).toMatchObject({ status: 503, body: { status: 'failing', reason: 'not-migrated' } });
    expect(await api.send('GET', '/todos')).toMatchObject({ status: 503, body: { code: 'NOT_MIGRATED' } });
    expect((await run(['migrate'], settings)).code).toBe(0);
    expect((await api.send('GET', '/health')).status).toBe(200);
    await service.stop();
  });
});

describe('migrate on SQLite', () => {
  test('names a file it cannot open', async () => {
    const { code, log } = await run(['migrate'], { SQLITE_FILE: join(temporaryFolder(), 'absent', 'todos.sqlite') });
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ msg: 'not migrated', err: { message: expect.stringContaining('unable to open database file') } });
  });

  test('keeps ids of deleted todos from being given again after a restart', async () => {
    const file = join(temporaryFolder(), 'todos.sqlite');
    await run(['migrate'], { SQLITE_FILE: file });
    const database = new DatabaseSync(file);
    database.exec("insert into todos (title) values ('a'); delete from todos; insert into todos (title) values ('b');");
    expect(database.prepare('select id from todos').get()).toEqual({ id: 2 });
    database.close();
  });
});

describeWithServer('migrate on MariaDB', (databases) => {
  test('a server that is not there is named, with no password in the log', async () => {
    const settings = { ...databases.empty(), MYSQL_PORT: '1' };
    const { code, log, stdout } = await run(['migrate'], settings);
    expect(code).toBe(3);
    expect(log.at(-1)).toMatchObject({ msg: 'not migrated', err: { code: 'ECONNREFUSED' } });
    expect(stdout).not.toContain('p@ss');
  });

  test('the table names its own character set and engine', async () => {
    const settings = await databases.migrated();
    const table = databases.server()?.sql(`show create table ${settings.MYSQL_DATABASE}.todos`);
    expect(table).toMatch(/ENGINE=InnoDB .*CHARSET=utf8mb4 COLLATE=utf8mb4_bin/);
  });
});
