/** The sample people and providers of `npm start`, as far as the examples name them. */

export const CEDAR_GROVE = {
  npi: '1234567893',
  name: 'Cedar Grove Family Medicine',
  registrationCode: 'CEDAR-7K4M-92QX',
};

export const PASSWORD = 'Correct-Horse-9-Battery';
export const NEW_PASSWORD = 'Quiet-Lantern-42-Harbour';

export const RIVERA = {
  username: 'jrivera',
  firstName: 'J.',
  lastName: 'Rivera',
  email: 'jrivera@cedargrove.example',
  maskedEmail: 'j***@cedargrove.example',
  portalPassword: 'Portal-Pass-2024',
};

export const PAT = {
  username: 'pphone',
  firstName: 'Pat',
  lastName: 'Phone',
  email: 'pat.phone@cedargrove.example',
  maskedEmail: 'p***@cedargrove.example',
  phone: '+12025550143',
  maskedPhone: '***-***-0143',
};

export const ERIN = {
  username: 'eemail',
  firstName: 'Erin',
  lastName: 'Email',
  email: 'erin.email@cedargrove.example',
  maskedEmail: 'e***@cedargrove.example',
};

/** Somebody who registers with a registration code. */
export const NEWCOMER = {
  username: 'newdoc',
  firstName: 'New',
  lastName: 'Doctor',
  email: 'new.doc@cedargrove.example',
  maskedEmail: 'n***@cedargrove.example',
  phone: '+12025550199',
  maskedPhone: '***-***-0199',
};

/** Identifiers of the right shape that open nothing. */
export const SAMPLE_IDS = {
  approval: 'approval-00000000000',
  call: 'call-0000000000000000',
  device: 'device-00000000000000000000000000000000000',
  passkey: 'cGFzc2tleQ',
  registrationCode: 'code-0000001',
  request: '3f6c1d80-2b7e-4b0e-9f53-6a1d2c7e8b94',
};

/** A secret of the right shape: 43 characters of base64url. */
const secret = (name: string): string => name.padEnd(43, '0');

export const SAMPLE_SECRETS = {
  flowToken: secret('flow-token-'),
  linkToken: secret('link-token-'),
  ticket: secret('ticket-'),
  challenge: secret('challenge-'),
};

/** A minute and second after 14:00 UTC of the day on which the examples play. */
export const at = (minuteAndSecond: string): string => `2026-10-05T14:${minuteAndSecond}.000Z`;
