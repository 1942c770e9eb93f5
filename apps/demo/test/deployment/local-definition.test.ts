import { localDefinition, type TaskDefinition } from '../../src/deployment/local-definition.js';

const SUBSTITUTES = { databaseFile: '/data/file.sqlite', volumesFolder: '/volumes' };
const container = {
  name: 'web',
  image: 'image',
  command: ['serve'],
  environment: [
    { name: 'MYSQL_HOST', value: 'server' },
    { name: 'STATIC_ROOT', value: '/public/static' },
    { name: 'OTHER', value: '/publicity/static' },
    { name: 'HOST', value: '0.0.0.0' },
    { name: 'PORT', value: '8000' },
  ],
  mountPoints: [{ sourceVolume: 'shared', containerPath: '/public' }],
  secrets: [{ name: 'MYSQL_SECRET', valueFrom: 'arn' }],
};
const definition: TaskDefinition = { family: 'web', containerDefinitions: [container] };

test('a process is given a file for MySQL, loopback for the address, and a folder for a volume', () => {
  const { definition: local, changes } = localDefinition(definition, SUBSTITUTES);
  const { environment: _, secrets: __, ...kept } = container;
  expect(local.containerDefinitions).toEqual([
    {
      ...kept,
      environment: [
        { name: 'STATIC_ROOT', value: '/volumes/shared/static' },
        { name: 'OTHER', value: '/publicity/static' },
        { name: 'HOST', value: '127.0.0.1' },
        { name: 'PORT', value: '0' },
        { name: 'SQLITE_FILE', value: '/data/file.sqlite' },
      ],
    },
  ]);
  expect(changes).toEqual([
    'SQLITE_FILE for MYSQL_HOST, MYSQL_SECRET',
    'STATIC_ROOT=…/shared/static for /public/static',
    'HOST=127.0.0.1 for 0.0.0.0',
    'PORT=0 for 8000',
  ]);
});

test('a container that knows no database is given none, and nothing else changes', () => {
  const plain = { name: 'plain', image: 'image', command: ['x'], environment: [{ name: 'A', value: 'b' }] };
  const { definition: local, changes } = localDefinition({ family: 'plain', containerDefinitions: [plain] }, SUBSTITUTES);
  expect(local).toEqual({ family: 'plain', containerDefinitions: [plain] });
  expect(changes).toEqual([]);
});
