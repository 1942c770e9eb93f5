import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CloudFormationValidatePlugin, type IPolicyValidationContext, Validations } from 'aws-cdk-lib';
import { SMALL } from './configuration.js';
import { serviceImage } from './service-image.js';
import { TodobackendStack } from './todobackend-stack.js';

/** A template, and what AWS's own validator did with it. */
export interface ValidatedTemplate {
  /** The template of the small preset, as it would be uploaded. */
  readonly template: Readonly<Record<string, unknown>>;
  /** Name and version of the validator. */
  readonly validator: string;
  /** How many templates it was given. */
  readonly templates: number;
  /** How much it found fault with; an error would have ended the synthesis. */
  readonly findings: number;
}

/**
 * Synthesises the small preset and has it validated by AWS's offline validator, without credentials and without Docker.
 *
 * @param outputFolder where the cloud assembly is written
 */
export function validatedTemplate(outputFolder: string): ValidatedTemplate {
  const { context } = JSON.parse(readFileSync(join(__dirname, '..', 'cdk.json'), 'utf8')) as { readonly context: Record<string, unknown> };
  const app = new App({ context, outdir: outputFolder });
  const stack = new TodobackendStack(app, 'Todobackend', { configuration: SMALL, image: serviceImage() });
  const validator = new RecordingValidator();
  Validations.of(app).addPlugins(validator);
  const template: Readonly<Record<string, unknown>> = app.synth().getStackByName(stack.stackName).template;
  const { templates, findings, name, version = '' } = validator;
  return { template, validator: `${name} ${version}`.trim(), templates, findings };
}

/** The validator, counting. */
class RecordingValidator extends CloudFormationValidatePlugin {
  public templates = 0;
  public findings = 0;

  public override validate(context: IPolicyValidationContext): ReturnType<CloudFormationValidatePlugin['validate']> {
    const report = super.validate(context);
    this.templates += context.templatePaths.length;
    this.findings += report.violations.length;
    return report;
  }
}
