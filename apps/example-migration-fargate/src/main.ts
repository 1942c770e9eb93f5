import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GuestbookStack } from './guestbook-stack.js';

const app = new App();
// Beside AWS's own validator of templates, which is part of the CDK and whose findings cdk.json makes errors; both work offline.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

new GuestbookStack(app, 'ExampleGuestbook');
