// Runs migrations that the service itself does not have: `node migrate-custom.cjs <scenario>`, with the service's settings.
const { join } = require('node:path');

const lib = join(__dirname, '..', '..', 'lib');
const { openDatabase } = require(join(lib, 'database', 'open-database.js'));
const { migrate } = require(join(lib, 'migrations', 'migrate.js'));
const { migrations } = require(join(lib, 'migrations', 'migrations.js'));
const { readSettingFile } = require(join(lib, 'setting-files.js'));
const { readMigrateSettings } = require(join(lib, 'settings', 'settings.js'));

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const table = (name) => async (context) => {
  await context.database.schema.createTable(name).ifNotExists().addColumn('id', 'integer').execute();
};
const first = { version: 1, name: 'first', up: table('first_table') };

const scenarios = {
  'fail-half-way': [
    first,
    {
      version: 2,
      name: 'second',
      up: async (context) => {
        await table('second_table')(context);
        await context.database.schema.alterTable('no_such_table').addColumn('x', 'integer').execute();
      },
    },
  ],
  mended: [first, { version: 2, name: 'second', up: table('second_table') }],
  newer: [...migrations, { version: 2, name: 'of-a-later-release', up: table('later_table') }],
  hold: migrations.map((migration) => ({
    ...migration,
    up: async (context) => {
      await migration.up(context);
      const told = new Promise((resolve) => {
        const alive = setInterval(() => undefined, 1_000);
        process.once('SIGTERM', () => {
          clearInterval(alive);
          resolve();
        });
      });
      say({ level: 'info', msg: 'holding' });
      await told;
    },
  })),
};

async function main() {
  const settings = readMigrateSettings({ environment: process.env, readFile: readSettingFile }).value;
  const database = openDatabase(settings.database);
  try {
    const { applied, newer } = await migrate({
      database,
      settings: settings.database,
      migrations: scenarios[process.argv[2]],
      lockSeconds: settings.lockSeconds,
      now: () => new Date(),
    });
    const versions = (list) => list.map((migration) => migration.version);
    say({ applied: versions(applied), newer: versions(newer) });
  } catch (error) {
    say({ code: error.code, message: error.message });
  } finally {
    await database.destroy();
  }
}

void main();
