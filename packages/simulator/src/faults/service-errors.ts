import type { AwsError } from '../endpoint/error-response.js';

/** How a service says that there are too many requests; ECS's is in its Developer Guide, request-throttling. */
export function throttlingError(service: string): AwsError {
  switch (service) {
    case 'cloudformation':
      return { status: 400, code: 'Throttling', message: 'Rate exceeded' };
    case 'lambda':
      return { status: 429, code: 'TooManyRequestsException', message: 'Rate Exceeded.' };
    default:
      return { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
  }
}

/** How a service refuses a caller without permission, in IAM's words. */
export function accessDeniedError(service: string, denied: { readonly action: string; readonly resource: string }): AwsError {
  const message = `User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to perform: ${denied.action} on resource: ${denied.resource} because no identity-based policy allows the ${denied.action} action`;
  switch (service) {
    case 'cloudformation':
      return { status: 403, code: 'AccessDenied', message };
    case 'lambda':
      return { status: 403, code: 'AccessDeniedException', message };
    default:
      return { status: 400, code: 'AccessDeniedException', message };
  }
}
