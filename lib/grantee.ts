/** What receives rights: a function, or a person's role. */
export interface Grantee {
  allow: (
    actions: string[],
    resources: string[],
    conditions?: Record<string, Record<string, unknown>>,
  ) => void;
}
