import { FAILED, SUCCESS, send } from 'cfn-response';

/** The function as AWS's examples of `cfn-response` have it; a reason cannot be given. */
export function lambdaHandler(work, physicalResourceId) {
  return (event, context) => {
    work((error, data) => {
      if (error === undefined) send(event, context, SUCCESS, data, physicalResourceId);
      else send(event, context, FAILED, {}, physicalResourceId);
    });
  };
}
