import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CheckStack } from './check-stack.js';

const app = new App();
// Beside AWS's own validator of templates, which is part of the CDK and whose findings cdk.json makes errors; both work offline.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const url: string = app.node.tryGetContext('url') ?? 'https://example.com/';
const text: string | undefined = app.node.tryGetContext('text');

new CheckStack(app, 'ExampleCheck', { url, ...(text !== undefined && { text }) });
