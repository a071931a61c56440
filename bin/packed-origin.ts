/** Where the template that is built into `@portal-auth/local` has the portal. */
export const PACKED_ORIGIN = 'http://localhost:3000';
