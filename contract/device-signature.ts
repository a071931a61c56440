import type { LoginMethod } from './accounts.ts';

/** The text that a remembered device signs (ECDSA P-256, SHA-256, IEEE P1363, over UTF-8). */
export function deviceSignatureText(
  clientId: string,
  deviceId: string,
  loginMethod: LoginMethod,
  nonce: string,
): string {
  return ['portal-auth/device/v1', clientId, deviceId, loginMethod, nonce].join('\n');
}
