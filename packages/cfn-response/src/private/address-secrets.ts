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

/** Parameters that tell nothing a reader could use. */
const HARMLESS: readonly string[] = ['x-amz-algorithm', 'x-amz-date', 'x-amz-expires', 'x-amz-signedheaders', 'expires'];

/** Parameters that name the signer, with Signature Version 4 and 2. */
const SIGNERS: readonly string[] = ['x-amz-credential', 'awsaccesskeyid'];

/** Parameters that are the signature, or stand for it. */
const SIGNATURES: readonly string[] = ['x-amz-signature', 'x-amz-security-token', 'signature'];

/** Fewest letters and digits searched for of a signature or a signer; fewer occur by chance. */
const MIN_KNOWN = 8;

/** As {@link MIN_KNOWN}, of a parameter nobody knows, as imitations of CloudFormation have them. */
const MIN_UNKNOWN = 16;

/** The secrets of an address, by its text and its path with the query. */
export function addressSecrets(raw: string, path: string): AddressSecrets {
  const query = path.includes('?') ? path.slice(path.indexOf('?') + 1) : '';
  const parameters = query.split('&').map((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return { name: name.toLowerCase(), value: value.join('=') };
  });
  const cores = (texts: readonly string[], minimum: number): string[] =>
    texts.map((text) => textCore(text).characters).filter((core) => core.length >= minimum);
  const valuesOf = (isMeant: (name: string) => boolean): string[] =>
    parameters.filter(({ name }) => isMeant(name)).map(({ value }) => value);
  const isKnown = (name: string): boolean => [...HARMLESS, ...SIGNERS, ...SIGNATURES].includes(name);
  const signers = valuesOf((name) => SIGNERS.includes(name));
  return {
    addresses: textCore(query).characters.length < MIN_UNKNOWN ? [] : cores([raw, path, query], MIN_UNKNOWN),
    values: [
      ...cores(
        valuesOf((name) => SIGNATURES.includes(name)),
        MIN_KNOWN,
      ),
      ...cores(
        valuesOf((name) => !isKnown(name)),
        MIN_UNKNOWN,
      ),
    ],
    // The key is the part before the first slash; what follows is date, region and service.
    signers: cores([...signers, ...signers.map((signer) => signer.split(/\/|%2F/i)[0] ?? '')], MIN_KNOWN),
  };
}
