import { type AddressSecrets, addressSecrets } from './private/address-secrets.js';
import { rangesOf, replaceRanges, runRangesOf, type TextCore, textCores } from './private/text-core.js';

/** Longest address accepted, in UTF-16 units; CloudFormation's are below 2,000. */
const MAX_LENGTH = 8192;

/** What stands in for the address wherever one would be printed. */
const PLACEHOLDER = '[signed URL]';

/** What stands in for a part of it. */
const REDACTED = '[redacted]';

/** Shortest piece of the address that is searched for in texts; shorter ones occur by chance. */
const MIN_PIECE = 12;

/** Names of query parameters that sign a request to S3, by Signature Version 4 and 2, and what may stand before their value. */
const SIGNING_PARAMETER =
  /((?:X-Amz-(?:Signature|Credential|Security-Token)\s*:\s*|(?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)(?:=|%(?:25)*3D|\\u003d|\\?["']\s*(?:=>|[:,=])\s*))\\?["']?)[^&\s"'<>\\]+/gi;

/** Most of a text that is looked at, in UTF-16 units: about a second's work. */
const MAX_TEXT = 1_048_576;

/** How often a text is redacted if what was taken out brought something together. */
const MAX_TURNS = 4;

const FORM = /^(https?):\/\/([^/?#@\s\\]+)([/?][^#\s]*)?$/i;

/**
 * A pre-signed address that prints as `[signed URL]`.
 *
 * Who holds the address can answer in the resource's name until it expires, so
 * it must reach no log: neither string conversion, JSON nor `util.inspect` shows
 * it. {@link SignedUrl.reveal} gives the address itself.
 */
export class SignedUrl {
  /** Host and port: the name of the response bucket, which is no secret. */
  public readonly host: string;
  /** `https:` from CloudFormation; `http:` from local imitations of it. */
  public readonly protocol: 'https:' | 'http:';
  readonly #raw: string;
  readonly #path: string;
  readonly #secrets: AddressSecrets;

  private constructor(raw: string, protocol: 'https:' | 'http:', host: string, path: string) {
    this.#raw = raw;
    this.#path = path;
    this.#secrets = addressSecrets(raw, path);
    this.protocol = protocol;
    this.host = host;
  }

  /** Reads an address; `undefined` if it is no string, no absolute http(s) address, has credentials in it or exceeds 8,192 characters. */
  public static parse(value: unknown): SignedUrl | undefined {
    if (typeof value !== 'string' || value.length > MAX_LENGTH || !URL.canParse(value)) return undefined;
    const [, protocol, host, rest] = FORM.exec(value) ?? [];
    if (protocol === undefined || host === undefined) return undefined;
    const path = rest === undefined ? '/' : rest.startsWith('?') ? `/${rest}` : rest;
    return new SignedUrl(value, `${protocol.toLowerCase()}:` as 'https:' | 'http:', host, path);
  }

  /** The address, as CloudFormation sent it. */
  public reveal(): string {
    return this.#raw;
  }

  /**
   * Path and query, byte for byte as signed.
   *
   * `URL` would resolve dots and encode characters, and S3 would then refuse the signature.
   */
  public revealPath(): string {
    return this.#path;
  }

  /**
   * The text with the address, its parts and everything that signs replaced.
   *
   * Found however it was quoted, percent-encoded, escaped or broken into lines,
   * and every run of 16 letters and digits of the signature; not where it was
   * enciphered, as in base64, or cut into smaller pieces. Takes time in
   * proportion to the text, of which what lies beyond 1,048,576 UTF-16 units is left out.
   */
  public redact(text: string): string {
    if (text.length > MAX_TEXT) {
      return `${this.redact(text.slice(0, MAX_TEXT))}[${text.length - MAX_TEXT} characters left out]`;
    }
    let redacted = this.#redactOnce(text);
    for (let turn = 1; redacted !== text && this.isDisclosedBy(redacted); turn += 1) {
      if (turn === MAX_TURNS) return REDACTED;
      redacted = this.#redactOnce(redacted);
    }
    return redacted;
  }

  #redactOnce(text: string): string {
    const query = this.#path.slice(this.#path.indexOf('?') + 1);
    const pieces = [this.#raw, new URL(this.#raw).href, this.#path, query];
    const plain = pieces.reduce((rest, piece) => (piece.length < MIN_PIECE ? rest : rest.replaceAll(piece, PLACEHOLDER)), text);
    const { addresses, values, signers } = this.#secrets;
    const ranges = textCores(plain).flatMap((core) => [
      ...addresses.flatMap((address) => rangesOf(address, core, PLACEHOLDER)),
      ...signers.flatMap((signer) => rangesOf(signer, core, REDACTED)),
      ...values.flatMap((value) => runRangesOf(value, core, REDACTED)),
    ]);
    return replaceRanges(plain, ranges).replace(SIGNING_PARAMETER, `$1${REDACTED}`);
  }

  /**
   * Whether who reads the text could answer: it holds the address, 16 letters of its signature in a row or half of its session
   * token, however written. Also true of a text over 1,048,576 UTF-16 units, which is not looked at.
   */
  public isDisclosedBy(text: string): boolean {
    if (text.length > MAX_TEXT || (this.#raw.length >= MIN_PIECE && text.includes(this.#raw))) return true;
    const { addresses, values } = this.#secrets;
    const holds = (core: TextCore): boolean =>
      addresses.some((address) => core.characters.includes(address)) || values.some((value) => value.isIn(core.characters));
    return textCores(text).some(holds);
  }

  /** `[signed URL]`. */
  public toString(): string {
    return PLACEHOLDER;
  }

  /** `[signed URL]`. */
  public toJSON(): string {
    return PLACEHOLDER;
  }

  /** `[signed URL]`. */
  public [Symbol.for('nodejs.util.inspect.custom')](): string {
    return PLACEHOLDER;
  }
}
