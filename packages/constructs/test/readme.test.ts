import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCompilerHost,
  createProgram,
  createSourceFile,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ScriptTarget,
} from 'typescript';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text ?? '');

/** The constructs that the examples take for granted, around one example. */
function asProgram(example: string): string {
  return `
import { Stack } from 'aws-cdk-lib';
import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { AsgCapacityProvider, Cluster, Ec2Service, Ec2TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { ClusterCapacity, TaskRun, TaskSize } from '@plimsoll/constructs';
declare const cluster: Cluster, capacityProvider: AsgCapacityProvider, autoScalingGroup: AutoScalingGroup;
declare const migrate: Ec2TaskDefinition, web: Ec2TaskDefinition, service: Ec2Service, database: DatabaseInstance;
export class Example extends Stack { public make(): unknown[] { ${example}; return [TaskRun, ClusterCapacity, TaskSize]; } }`;
}

/** What the compiler says of each of some programs in this folder that are on no disk. */
function complaints(texts: readonly string[]): string[][] {
  const files = new Map(texts.map((text, index) => [join(__dirname, `readme-example-${index}.ts`), text]));
  const options = { strict: true, module: ModuleKind.Node20, target: ScriptTarget.ES2023, skipLibCheck: true, noEmit: true, types: [] };
  const host = createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, languageVersion) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, languageVersion) : createSourceFile(name, text, languageVersion);
  };
  const program = createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) =>
    getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => flattenDiagnosticMessageText(messageText, ' ')),
  );
}

test('there are examples of both constructs', () => {
  expect(examples.filter((example) => example.includes('new TaskRun('))).toHaveLength(1);
  expect(examples.filter((example) => example.includes('new ClusterCapacity('))).toHaveLength(2);
});

test('every example compiles, and one with a fault does not', () => {
  const faulty = "new TaskRun(this, 'Run', { cluster })";
  const [ofFaulty, ...ofExamples] = complaints([faulty, ...examples].map(asProgram));
  expect(ofExamples).toEqual(examples.map(() => []));
  expect(ofFaulty).toEqual([expect.stringContaining('taskDefinition')]);
});
