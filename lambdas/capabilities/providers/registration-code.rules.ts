/** Registration codes: how one is read, made and bound to its provider. */
import { createHash } from 'node:crypto';
import type { PortalRole } from '../../../contract/accounts.ts';

/** No 0 and O, no 1 and I: read over the phone, typed from paper. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Characters of an issued code: 12 of 32, 60 bits. */
export const CODE_LENGTH = 12;

export interface Provider {
  npi: string;
  name: string;
}

export interface RegistrationCode {
  npi: string;
  /** A MAC over NPI and code: the table never holds the code. */
  code: string;
  role: PortalRole;
  issuedAt: number;
  /** An employee_id, or absent: an operator. */
  issuedBy?: string;
  redeemedAt?: number;
  redeemedBy?: string;
  revokedAt?: number;
}

/** Letters and digits in upper case: dashes, spaces and case do not matter. */
export function normalizeCode(typed: string): string {
  return typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** The message under the MAC. */
export function registrationCodeMessage(npi: string, typed: string): string {
  return ['portal-auth/registration-code/v1', npi, normalizeCode(typed)].join('\n');
}

/** `ABCD-EFGH-JKLM`. */
export function showCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

export function isRedeemable(code: RegistrationCode | undefined): code is RegistrationCode {
  return code !== undefined && code.redeemedAt === undefined && code.revokedAt === undefined;
}

/** What becomes of a code: it is used once, or revoked before. */
export type CodeStatus = 'OPEN' | 'REDEEMED' | 'REVOKED';

export function statusOfCode({ redeemedAt, revokedAt }: RegistrationCode): CodeStatus {
  if (redeemedAt !== undefined) return 'REDEEMED';
  return revokedAt === undefined ? 'OPEN' : 'REVOKED';
}

/** Names a code without showing it: a hash of its MAC. */
export function codeIdOf({ code }: Pick<RegistrationCode, 'code'>): string {
  return createHash('sha256').update(code).digest('base64url').slice(0, 12);
}
