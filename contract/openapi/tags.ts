/** The groups of routes, in the order in which a portal meets them. */
import type { Capability } from '../routes.ts';

const DESCRIPTIONS: Record<Capability, string> = {
  registration:
    'Registration of new providers by NPI and registration code, mailed links, and the MFA ' +
    'registration of everyone.',
  recovery: 'Password reset by e-mail and, for those who sign in by phone, by phone as well.',
  calls: 'The status of a call that asks to press #.',
  terms: 'The terms of use, which a sign-in asks to accept.',
  me:
    'The signed-in user: profile, sessions, remembered devices, passkeys, recovery codes, ' +
    'events.',
  changes:
    'Changes of the password, the e-mail address and the phone by the signed-in user. What ' +
    'starts a change needs a factor that was passed in the last ten minutes.',
  admin: 'The users of one provider, for its administrators.',
  'help-desk':
    'People and providers, for employees of the help desk. Every look and every act is an event ' +
    'of the audit trail.',
};

export const TAGS = Object.entries(DESCRIPTIONS).map(([name, description]) => ({
  name,
  description,
}));
