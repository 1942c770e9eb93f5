import { writeFileSync } from 'node:fs';
import { validatedTemplate } from '@plimsoll/todobackend-stack/lib/validated-template.js';

/** Run as a process: the CDK keeps one busy for seconds. Takes the folder of the cloud assembly and the file that the result goes to. */
const [, , outputFolder = '', resultFile = ''] = process.argv;
writeFileSync(resultFile, JSON.stringify(validatedTemplate(outputFolder)));
