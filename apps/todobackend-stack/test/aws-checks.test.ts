import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { PRODUCTION, SMALL } from '../src/configuration.js';
import type { StackConfiguration } from '../src/stack-configuration.js';
import { stackOf } from './helpers/synthesise.js';

const HTTPS: StackConfiguration = {
  ...PRODUCTION,
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0123',
  domainName: 'todo.example.com',
};

describe.each([
  ['small', SMALL],
  ['production', PRODUCTION],
  ['production with a certificate', HTTPS],
])('%s', (_, configuration) => {
  test("AWS's template validator finds nothing", () => {
    const { app } = stackOf(configuration);
    Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
    expect(() => app.synth()).not.toThrow();
  });

  test('cdk-nag finds nothing of AWS Solutions without a reason', () => {
    const { app } = stackOf(configuration);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });
});
