import { customResource, HandlerFailure } from '../../lib/index.js';

/** The function as this package's README has it, with default options. */
export function lambdaHandler(work, physicalResourceId) {
  const run = () =>
    new Promise((resolve, reject) => {
      work((error, data) =>
        error === undefined
          ? resolve({ PhysicalResourceId: physicalResourceId, Data: data })
          : reject(new HandlerFailure(error.message, { physicalResourceId })),
      );
    });
  return customResource({ create: run, update: run, delete: run });
}
