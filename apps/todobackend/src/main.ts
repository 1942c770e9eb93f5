import { Command, CommanderError } from 'commander';
import type { Logger } from 'pino';
import { EXIT, type ExitCode } from './exit-code.js';
import { createLogger } from './logger.js';
import type { Result } from './result.js';
import { readSettingFile } from './setting-files.js';
import type { SettingProblem, SettingSource } from './settings/setting-reader.js';
import {
  type CommonSettings,
  readCollectStaticSettings,
  readHealthSettings,
  readMigrateSettings,
  readServeSettings,
} from './settings/settings.js';

type ReadSettings<Settings> = (source: SettingSource) => Result<Settings, readonly SettingProblem[]>;

/** Runs the command that the process was started with, and sets the process's exit status. */
export function main(): void {
  process.on('uncaughtException', (error) => {
    createLogger('fatal').fatal({ err: error }, 'failed');
    finish(EXIT.fault);
  });
  run(process.argv).then(
    (code) => finish(code),
    (error: unknown) => {
      createLogger('fatal').fatal({ err: error }, 'failed');
      finish(EXIT.fault);
    },
  );
}

/** What still keeps the process alive has no work left worth waiting for; standard output is written synchronously. */
function finish(code: ExitCode): void {
  process.exit(code);
}

/** Reads the command line. Each command is loaded only when it runs: `migrate` starts without the web framework. */
async function run(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = new Command('todobackend')
    .description('The Todo-Backend API over MySQL or an embedded SQLite file. Settings are environment variables.')
    .exitOverride();
  const add = (name: string, description: string, action: () => Promise<ExitCode>) =>
    program
      .command(name)
      .description(description)
      .action(async () => {
        code = await action();
      });
  add('serve', 'serve the API and the page', () =>
    withSettings(readServeSettings, async (settings, logger) => (await import('./commands/run-serve.js')).runServe(settings, logger)),
  );
  add('migrate', 'bring the schema of the database up to date', () =>
    withSettings(readMigrateSettings, async (settings, logger) => (await import('./commands/run-migrate.js')).runMigrate(settings, logger)),
  );
  add('collectstatic', 'copy the files of the page to STATIC_ROOT', () =>
    withSettings(readCollectStaticSettings, async (settings, logger) =>
      (await import('./commands/run-collect-static.js')).runCollectStatic(settings, logger),
    ),
  );
  add('health', 'ask the service on this host whether it is healthy', () =>
    withSettings(
      (source) => {
        const read = readHealthSettings(source);
        return read.ok ? { ok: true, value: { ...read.value, logLevel: 'info' as const } } : read;
      },
      async (settings) => (await import('./commands/run-health.js')).runHealth(settings, (line) => process.stdout.write(`${line}\n`)),
    ),
  );
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

async function withSettings<Settings extends CommonSettings>(
  read: ReadSettings<Settings>,
  command: (settings: Settings, logger: Logger) => Promise<ExitCode>,
): Promise<ExitCode> {
  const settings = read({ environment: process.env, readFile: readSettingFile });
  if (settings.ok) return command(settings.value, createLogger(settings.value.logLevel));
  const logger = createLogger('fatal');
  for (const { name, message } of settings.error) logger.fatal({ code: 'WRONG_SETTING', setting: name }, message);
  return EXIT.usage;
}
