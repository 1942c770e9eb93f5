// The registry of the rehearsal, in a process of its own; started by registry.mjs, which sends the configuration and gets the port.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { runServer } = createRequire(join(import.meta.dirname, 'registry/package.json'))('verdaccio');

// Whatever ends the rehearsal ends the registry.
process.once('disconnect', () => process.exit());

process.once('message', async ({ storage, upstream }) => {
  const server = await runServer({
    storage,
    configPath: join(storage, 'config.yaml'),
    self_path: join(storage, 'config.yaml'),
    uplinks: { upstream: { url: upstream, timeout: '60s', maxage: '60m', max_fails: 10 } },
    auth: { htpasswd: { file: join(storage, 'htpasswd'), max_users: 1 } },
    security: { api: { legacy: true } },
    packages: {
      // Only from here: a package of the same name elsewhere must not be taken for ours.
      '@plimsoll/*': { access: '$all', publish: '$authenticated' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    web: { enable: false },
    max_body_size: '20mb',
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});
