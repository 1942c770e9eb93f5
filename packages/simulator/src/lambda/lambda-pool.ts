import { type LambdaFunction, startLambdaFunction } from './lambda-function.js';
import type { LambdaFunctionOptions } from './options.js';

/**
 * Starts a function that runs several invocations at once, each in a process of
 * its own, as Lambda's execution environments do. A process that is free is used again.
 *
 * @throws {InvalidLambdaOptionError} if an option is one Lambda would refuse
 */
export async function startLambdaPool(options: LambdaFunctionOptions): Promise<LambdaFunction> {
  const all = [await startLambdaFunction(options)];
  const free = [...all];
  return {
    invoke: async (event) => {
      const chosen = free.pop() ?? (await startLambdaFunction(options));
      if (!all.includes(chosen)) {
        all.push(chosen);
      }
      try {
        return await chosen.invoke(event);
      } finally {
        free.push(chosen);
      }
    },
    close: async () => {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}
