/** True for an address of employees, who sign in elsewhere: of one of the domains, or below it. */
export function isWorkforce(email: string, domains: readonly string[]): boolean {
  const host = email.slice(email.lastIndexOf('@') + 1);
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
