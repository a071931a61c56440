/** Where the employees' user pool leads the browser back to. */
export const EMPLOYEE_PATHS = {
  signedIn: '/employees/signed-in',
  signedOut: '/employees/signed-out',
} as const;

/** The addresses of the reference portal. A server answers any other with 404. */
export const PORTAL_PATHS = [
  '/',
  '/sign-in/verify',
  '/sign-in/:method',
  '/first-login',
  '/registration',
  '/register',
  '/provider-registration',
  '/registration-error',
  '/incomplete-registration',
  '/password-reset',
  '/undo-email',
  '/help',
  '/terms',
  '/signed-out',
  '/home',
  '/account',
  '/account/passkeys',
  '/account/recovery-codes',
  '/account/password',
  '/account/email',
  '/account/phone',
  '/account/language',
  '/account/activity',
  '/account/devices',
  '/setup/users',
  '/setup/users/:username',
  '/employees',
  '/employees/sign-in',
  EMPLOYEE_PATHS.signedIn,
  EMPLOYEE_PATHS.signedOut,
  '/help-desk',
  '/help-desk/users/:username',
  '/help-desk/providers',
  '/help-desk/providers/:npi',
  '/help-desk/approvals',
] as const;

/** Matches every address of the portal, with or without a slash at its end. */
export const PORTAL_PATH = new RegExp(
  `^(?:${PORTAL_PATHS.map((path) => path.replaceAll(/:\w+/g, '[^/]+')).join('|')})/?$`,
);
