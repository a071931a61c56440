/** The name of a firewall and of its metrics. */
export function firewallName(stage: string, guards: string): string {
  return `portal-auth-${stage}-${guards}`;
}
