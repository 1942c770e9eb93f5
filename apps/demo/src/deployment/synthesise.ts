import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidatedTemplate } from '@plimsoll/todobackend-stack/lib/validated-template.js';
import { DemoError } from '../demo-error.js';
import { readTemplate, type Template } from '../template/template.js';

/** The reference stack, synthesised and validated. */
export interface Synthesis extends Omit<ValidatedTemplate, 'template'> {
  readonly template: Template;
}

/**
 * Synthesises the reference stack in a process of its own, without credentials and without Docker.
 *
 * @param folder where the cloud assembly is written
 * @throws {DemoError} when the template cannot be made, or AWS's validator refuses it
 */
export async function synthesise(folder: string): Promise<Synthesis> {
  const resultFile = join(folder, 'validated-template.json');
  const program = join(__dirname, 'synthesis-process.js');
  await new Promise<void>((resolve, reject) => {
    // Of this process's environment only what finds programs and folders for temporary files.
    const { PATH = '', TMPDIR } = process.env;
    const env = { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
    execFile(process.execPath, [program, join(folder, 'cdk.out'), resultFile], { env }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new DemoError('SYNTHESIS_FAILED', 'the stack could not be synthesised', [...lines(stdout), ...lines(stderr)]));
    });
  });
  const { template, ...rest } = JSON.parse(readFileSync(resultFile, 'utf8')) as ValidatedTemplate;
  return { ...rest, template: readTemplate(template) };
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
