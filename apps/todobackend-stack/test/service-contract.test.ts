import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCollectStaticSettings, readMigrateSettings, readServeSettings } from '@plimsoll/todobackend/lib/settings/settings.js';
import { PRODUCTION, SMALL } from '../src/configuration.js';
import { deployedContainer } from './helpers/container-environment.js';
import { templateOf } from './helpers/synthesise.js';

const SERVICE = dirname(require.resolve('@plimsoll/todobackend/package.json'));
const dockerfile = readFileSync(join(SERVICE, 'Dockerfile'), 'utf8');
const small = templateOf();

/** The service's own reader of settings finds no file but what it is given. */
const sourceOf = (environment: Readonly<Record<string, string>>) => ({
  environment,
  readFile: () => ({ ok: false as const, error: 'absent' }),
});

const mysql = {
  kind: 'mysql',
  host: 'todobackend-database.c0ffee123456.eu-west-1.rds.amazonaws.com',
  port: 3306,
  database: 'todobackend',
  user: 'todobackend',
  password: 'pa$$ `word"\'',
  tls: { mode: 'rds' },
};

test('the service reads what it is told: database, names, proxies, folder, port', () => {
  const { command, environment } = deployedContainer(small, 'todobackend');
  expect(command).toEqual(['serve']);
  expect(readServeSettings(sourceOf(environment))).toMatchObject({
    ok: true,
    value: {
      database: mysql,
      allowedHosts: ['todoba-loadb-1a2b3c4d5e6f-1234567890.eu-west-1.elb.amazonaws.com'],
      trustedProxies: ['10.0.0.0/16'],
      corsOrigins: [],
      staticRoot: '/public/static',
      host: '0.0.0.0',
      port: 8000,
      stopSeconds: 25,
    },
  });
});

test('a domain and origins of callers reach the service', () => {
  const template = templateOf({
    ...PRODUCTION,
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0123',
    domainName: 'todo.example.com',
    corsOrigins: 'https://todobackend.com,https://www.todobackend.com',
  });
  expect(readServeSettings(sourceOf(deployedContainer(template, 'todobackend').environment))).toMatchObject({
    ok: true,
    value: { allowedHosts: ['todo.example.com'], corsOrigins: ['https://todobackend.com', 'https://www.todobackend.com'] },
  });
});

test('the public specification may call where every origin may', () => {
  const { environment } = deployedContainer(templateOf({ ...SMALL, corsOrigins: '*' }), 'todobackend');
  expect(readServeSettings(sourceOf(environment))).toMatchObject({ ok: true, value: { corsOrigins: ['*'] } });
});

test('migration and collection of files read what they are told', () => {
  const migrate = deployedContainer(small, 'migrate');
  expect(migrate.command).toEqual(['migrate']);
  expect(readMigrateSettings(sourceOf(migrate.environment))).toMatchObject({ ok: true, value: { database: mysql } });
  const collect = deployedContainer(small, 'collectstatic');
  expect(collect.command).toEqual(['collectstatic']);
  expect(readCollectStaticSettings(sourceOf(collect.environment))).toMatchObject({ ok: true, value: { staticRoot: '/public/static' } });
});

test('no container is given a variable that the service does not document', () => {
  const readme = readFileSync(join(SERVICE, 'README.md'), 'utf8');
  const [, settings = ''] = /## Settings\n(.*?)\n## /s.exec(readme) ?? [];
  const documented = new Set([...settings.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, name]) => name));
  const given = ['todobackend', 'collectstatic', 'migrate'].flatMap((name) =>
    Object.keys(deployedContainer(templateOf({ ...SMALL, corsOrigins: '*' }), name).environment),
  );
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((name) => !documented.has(name))).toEqual([]);
});

test('only the collection of files is let see no password', () => {
  expect(deployedContainer(small, 'collectstatic').definition).not.toHaveProperty('Secrets');
});

test('each container has a read-only root, its image a user that is not root, and the volume a folder of that user', () => {
  for (const name of ['todobackend', 'collectstatic', 'migrate']) {
    expect(deployedContainer(small, name).definition).toMatchObject({ ReadonlyRootFilesystem: true });
    // The image's own user, with the folder that belongs to it.
    expect(deployedContainer(small, name).definition).not.toHaveProperty('User');
  }
  expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  const [mount] = deployedContainer(small, 'collectstatic').definition.MountPoints as [{ ContainerPath: string }];
  expect(dockerfile).toContain(`--owner=1000 --group=1000 ${mount.ContainerPath}\n`);
  expect(dockerfile).toContain(`VOLUME ["${mount.ContainerPath}"]`);
});

test('a container has longer to stop than the service takes', () => {
  const { definition, environment } = deployedContainer(small, 'todobackend');
  expect(definition.StopTimeout).toBeGreaterThan(Number(environment.STOP_SECONDS));
});

test('the load balancer asks for the health that the service tells, on the port that the image exposes', () => {
  small.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/health', Protocol: 'HTTP' });
  expect(dockerfile).toMatch(/^EXPOSE 8000$/m);
  expect(deployedContainer(small, 'todobackend').definition.PortMappings).toMatchObject([{ ContainerPort: 8000 }]);
});
