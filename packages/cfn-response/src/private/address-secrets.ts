import { textCore } from './text-core.js';

/** What makes an address a secret, each as the core of its text. */
export interface AddressSecrets {
  /** The address, and its path with the query: empty where nothing in the query is secret. */
  readonly addresses: readonly string[];
  /** Values that let whoever has them answer. */
  readonly values: readonly string[];
  /** Who signed. By itself it opens nothing. */
  readonly signers: readonly string[];
}

/** Parameters that name the signer, with Signature Version 4 and 2. */
const SIGNERS: readonly string[] = ['x-amz-credential', 'awsaccesskeyid'];

/** Parameters that are the signature, or stand for it. */
const SIGNATURES: readonly string[] = ['x-amz-signature', 'x-amz-security-token', 'signature'];

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
  const cores = (texts: readonly string[], minimum: number): string[] =>
    texts.map((text) => textCore(text).characters).filter((core) => core.length >= minimum);
  const signers = valuesOf(SIGNERS);
  return {
    addresses: textCore(query).characters.length < MIN_ADDRESS ? [] : cores([raw, path, query], MIN_ADDRESS),
    values: cores(valuesOf(SIGNATURES), MIN_VALUE),
    // The key is the part before the first slash; what follows is date, region and service.
    signers: cores([...signers, ...signers.map((signer) => signer.split(/\/|%2F/i)[0] ?? '')], MIN_VALUE),
  };
}
