import { sendFailure, sendSuccess } from 'cfn-custom-resource';

/** The function as the README of `cfn-custom-resource` has it: what is sent is awaited and returned. */
export function lambdaHandler(work, physicalResourceId) {
  return (event) =>
    new Promise((resolve, reject) => {
      work((error, data) => {
        const sent =
          error === undefined
            ? sendSuccess(physicalResourceId, data, event)
            : sendFailure(error.message, event, undefined, undefined, physicalResourceId);
        sent.then(resolve, reject);
      });
    });
}
