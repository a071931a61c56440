/** Headers of every answer of the portal's site, in the cloud and on one machine. */

export interface SiteOrigins {
  /** Origin of the HTTP API. */
  readonly api: string;
  /** Origin where Cognito answers. */
  readonly cognito: string;
  /**
   * Origin of the hosted endpoints of the employees' user pool.
   * @default - none; employees do not sign in here
   */
  readonly employees?: string | undefined;
}

/**
 * Allows only our own files and calls to our services. Employees' sign-in leaves by navigation,
 * which no directive limits. `require-trusted-types-for` keeps text from becoming markup or code.
 */
export function contentSecurityPolicy({ api, cognito, employees }: SiteOrigins): string {
  const services = [api, cognito, ...(employees === undefined ? [] : [employees])];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${[...new Set(services)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Two years, as the preload lists ask for. */
export const HSTS_SECONDS = 63_072_000;

/** Headers for which CloudFront has no setting of its own. */
export function plainSiteHeaders(): Record<string, string> {
  return {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

export function siteHeaders(origins: SiteOrigins): Record<string, string> {
  return {
    ...plainSiteHeaders(),
    'content-security-policy': contentSecurityPolicy(origins),
    'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  };
}

/** Files whose names contain a hash never change. Everything else is requested again. */
export function cacheControlOf(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store';
}
