import { RunFinder } from './run-finder.js';
import { innermostCore } from './text-core.js';

/** What makes an address a secret, each as the core of its text. */
export interface AddressSecrets {
  /** The address, and its path with the query: empty where nothing in the query is secret. */
  readonly addresses: readonly string[];
  /** Values without which nobody can answer, found by their pieces. */
  readonly values: readonly RunFinder[];
  /** Who signed. By itself it opens nothing. */
  readonly signers: readonly string[];
}

/** Parameters that name the signer, with Signature Version 4 and 2. */
const SIGNERS: readonly string[] = ['x-amz-credential', 'awsaccesskeyid'];

/** Parameters that are the signature. */
const SIGNATURES: readonly string[] = ['x-amz-signature', 'signature'];

/** Parameter that holds the token of temporary credentials. */
const TOKENS: readonly string[] = ['x-amz-security-token'];

/** Letters and digits of a signature that tell it from others; with fewer missing than that many leave, it can be guessed. */
const SIGNATURE_RUN = 16;

/** Fewest letters and digits searched for of a signature or a signer; fewer occur by chance. */
const MIN_VALUE = 8;

/** As {@link MIN_VALUE}, of an address. */
const MIN_ADDRESS = 16;

/** The secrets of an address, by its text and its path with the query. */
export function addressSecrets(raw: string, path: string): AddressSecrets {
  const query = path.includes('?') ? path.slice(path.indexOf('?') + 1) : '';
  const parameters = query.split('&').map((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return { name: name.toLowerCase(), value: value.join('=') };
  });
  const valuesOf = (names: readonly string[]): string[] => parameters.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  const cores = (texts: readonly string[], minimum: number): string[] => texts.map(innermostCore).filter((core) => core.length >= minimum);
  const signers = valuesOf(SIGNERS);
  return {
    addresses: innermostCore(query).length < MIN_ADDRESS ? [] : cores([raw, path, query], MIN_ADDRESS),
    values: [
      ...cores(valuesOf(SIGNATURES), MIN_VALUE).map((core) => new RunFinder(core, SIGNATURE_RUN)),
      // Tokens of one region or account share their beginning and parts of their middle, but never half of their letters.
      ...cores(valuesOf(TOKENS), MIN_VALUE).map((core) => new RunFinder(core, Math.max(SIGNATURE_RUN, Math.ceil(core.length / 2)))),
    ],
    // The key is the part before the first slash; what follows is date, region and service.
    signers: cores([...signers, ...signers.map((signer) => signer.split(/\/|%2F/i)[0] ?? '')], MIN_VALUE),
  };
}
