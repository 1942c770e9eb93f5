import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json';
import { SMALL } from '../../src/configuration.js';
import { folderImage } from '../../src/service-image.js';
import type { StackConfiguration } from '../../src/stack-configuration.js';
import { TodobackendStack } from '../../src/todobackend-stack.js';

/** The stack in an app of its own, with the context of `cdk.json`. */
export function stackOf(configuration: StackConfiguration = SMALL) {
  const app = new App({ context: cdk.context });
  const image = folderImage(join(__dirname, '..', 'fixtures', 'image'));
  const stack = new TodobackendStack(app, 'Todobackend', { configuration, image });
  return { app, stack };
}

/** The template of the stack. */
export function templateOf(configuration?: StackConfiguration): Template {
  return Template.fromStack(stackOf(configuration).stack);
}
