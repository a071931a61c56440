/** What `GET /_local/outputs` returns. Each service contributes the members that it answers for. */
export interface LocalOutputs {
  region: string;
  userPoolId: string;
  userPoolClientId: string;
  cognitoUrl: string;
  apiUrl: string;
  portalUrl: string;
  /** Logical name → physical name. */
  tables: Record<string, string>;
}
