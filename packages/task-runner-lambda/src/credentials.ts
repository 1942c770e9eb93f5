import { MissingCredentialsError } from './fault.js';

// capacity-lambda has the same: no package that both import is about AWS's environment, and these lines are no reason to publish one.

/** AWS credentials, in the form the SDK takes. */
export interface EnvironmentCredentials {
  /** Id of the access key. */
  readonly accessKeyId: string;
  /** The secret; never logged. */
  readonly secretAccessKey: string;
  /** The token of temporary credentials. */
  readonly sessionToken?: string;
}

/**
 * Makes a provider of the credentials that Lambda puts into the environment.
 *
 * Lambda sets them when it starts an execution environment and replaces the environment, not the variables, before they expire; so
 * they carry no expiration, as those of the SDK's own chain, and the clients need nothing else of that chain.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function credentialsFromEnvironment(env: Readonly<Record<string, string | undefined>>): () => Promise<EnvironmentCredentials> {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
    if (!accessKeyId || !secretAccessKey) {
      const absent = accessKeyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID';
      throw new MissingCredentialsError(`environment variable ${absent} is not set: give the function an execution role`);
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
}
