/** True for an address of employees, who sign in elsewhere: of one of the domains, or below it. */
export function isWorkforce(email: string, domains: readonly string[]): boolean {
  const host = email.slice(email.lastIndexOf('@') + 1);
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** The refusal of an address of employees, where people give theirs. */
export function refuseWorkforce(
  email: string,
  { workforceEmailDomains }: { workforceEmailDomains: readonly string[] },
): { refused: 'WORKFORCE_EMAIL' } | undefined {
  return isWorkforce(email, workforceEmailDomains) ? { refused: 'WORKFORCE_EMAIL' } : undefined;
}
