import type { PutOutcome, PutPhase } from '../put.js';
import type { SignedUrl } from '../signed-url.js';
import { readAny } from './safe-read.js';

const PHASES: readonly unknown[] = ['resolve', 'connect', 'tls', 'answer'] satisfies readonly PutPhase[];

/** Codes of an address that no request line or header can hold. */
const UNSENDABLE: readonly string[] = ['ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_CHAR', 'ERR_INVALID_URL'];

/**
 * Codes with which Node refuses a certificate: those that say CERT or CRL, and six that do not.
 *
 * @see https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE =
  /CERT|CRL|^(?:HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/** Whether the server's certificate was refused. */
export function isCertificateFailure(code: string): boolean {
  return CERTIFICATE.test(code);
}

/** Whether the address itself cannot be sent. */
export function isUnsendable(code: string): boolean {
  return UNSENDABLE.includes(code);
}

/** Whether the next try would fail in the same way. */
export function isFinalFailure(code: string): boolean {
  return code === 'HTTP_NOT_ALLOWED' || isCertificateFailure(code) || isUnsendable(code);
}

/** Whether it is one of the phases; what an injected put reports can be anything. */
export function isPutPhase(value: unknown): value is PutPhase {
  return PHASES.includes(value);
}

/** The code, if it is one: a text in its place can hold the address. */
export function safeCode(code: unknown): string {
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'UNKNOWN';
}

/** What a put gave, checked and copied: anything else in it, or in the place of its fields, can hold the address. */
export function readOutcome(outcome: unknown, phase: PutPhase, url: SignedUrl): PutOutcome {
  const status = readAny(outcome, 'status');
  const kind = readAny(outcome, 'kind');
  if (kind === 'answered' && Number.isInteger(status)) return { kind, status: status as number };
  if (kind !== 'failed') return { kind: 'failed', phase, code: 'PUT_INVALID' };
  const failedIn = readAny(outcome, 'phase');
  const code = safeCode(readAny(outcome, 'code'));
  return { kind, phase: isPutPhase(failedIn) ? failedIn : phase, code: url.isDisclosedBy(code) ? 'UNKNOWN' : code };
}
