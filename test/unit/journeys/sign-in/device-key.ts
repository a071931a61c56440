/** A browser's key pair, as it proves a remembered device. */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { DevicePublicKey, DeviceProof } from '../../../../contract/challenges.ts';
import { deviceSignatureText } from '../../../../contract/challenges.ts';
import { thumbprint } from '../../../../lambdas/capabilities/devices/devices.rules.ts';
import { CLIENT_ID } from '../../../fakes/builders.ts';
import type { SignIn } from './sign-in.ts';

export function deviceKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk: DevicePublicKey = { kty: 'EC', crv: 'P-256', x, y };
  const deviceId = thumbprint(jwk);

  /** The answer to the challenge that is shown; a test changes what it wants to be wrong. */
  function prove(signIn: SignIn, changed: Partial<DeviceProof & { nonce: string }> = {}) {
    const { nonce: shown = '' } = signIn.shown.state;
    const { nonce, ...rest } = {
      nonce: shown,
      deviceId,
      loginMethod: 'PHONE' as const,
      ...changed,
    };
    const text = deviceSignatureText(CLIENT_ID, rest.deviceId, rest.loginMethod, nonce);
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
    const signature = sign('sha256', Buffer.from(text, 'utf8'), key).toString('base64url');
    return { signature, ...rest };
  }
  return { jwk, deviceId, prove };
}
