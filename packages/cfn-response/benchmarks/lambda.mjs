// One delivery of a request to a function behind a helper, in a process of its own.
//
//   node --require ./loopback.cjs lambda.mjs <helper> <work> <runtime> <deadline in ms>
//
// Ends as Lambda ends an invocation: status 0 if the function succeeded, another if it failed. The process is gone when the
// invocation is over, as a frozen environment is for CloudFormation; what was not sent by then is not sent.
import { WORKS } from './works.mjs';

const [helper, work, runtime, limitMs] = process.argv.slice(2);
const { lambdaHandler } = await import(`./helpers/${helper}.mjs`);
const handler = lambdaHandler(WORKS[work], 'listener-1');

const event = {
  RequestType: 'Create',
  ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:listener',
  ResponseURL: 'https://localhost/stack%7CListener%7C0001?X-Amz-Expires=7200&X-Amz-Signature=5ec2e75ec2e7',
  StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/harbour/00000000-0000-4000-8000-000000000001',
  RequestId: '00000000-0000-4000-8000-000000000002',
  LogicalResourceId: 'Listener',
  ResourceType: 'Custom::Listener',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:listener' },
};

function end(error, result) {
  if (error === undefined || error === null) JSON.stringify(result);
  process.exit(error === undefined || error === null ? 0 : 1);
}

const deadline = Date.now() + Number(limitMs);
const context = { getRemainingTimeInMillis: () => deadline - Date.now(), logStreamName: '2030/01/01/[$LATEST]0123456789abcdef' };
if (runtime === 'nodejs22.x') {
  context.done = end;
  context.succeed = (result) => end(undefined, result);
  context.fail = (error) => end(error ?? 'handled');
}

process.send('invoked');
const result = handler(event, context);
const isPromise = typeof result?.then === 'function';
// Nothing is left to wait for: an async function that has not settled has failed, another has succeeded.
process.on('beforeExit', () => process.exit(isPromise ? 1 : 0));
if (isPromise) {
  result.then(
    (value) => end(undefined, value),
    (error) => end(error ?? 'rejected'),
  );
} else if (runtime !== 'nodejs22.x') {
  end();
}
