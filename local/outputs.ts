/** The hosted endpoints of the employees' pool, and the sample employees. */
export interface EmployeesOutput {
  /** The base address of the hosted endpoints, without a trailing slash. */
  domain: string;
  clientId: string;
  /** `iss` of the employees' tokens. */
  issuer: string;
  redirectUri: string;
  /** Where the browser returns to after signing out. */
  signedOutUri: string;
  scopes: string[];
  /** The OpenID provider that plays the organisation's own. */
  identityProvider: string;
  people: { email: string; name: string; helpDesk: boolean }[];
}

/** What `GET /_local/outputs` returns. Each service contributes the members that it answers for. */
export interface LocalOutputs {
  region: string;
  userPoolId: string;
  userPoolClientId: string;
  cognitoUrl: string;
  apiUrl: string;
  portalUrl: string;
  /** How employees sign in, if the stack has a pool of theirs with an OpenID provider. */
  employees?: EmployeesOutput;
  /** Logical name → physical name. */
  tables: Record<string, string>;
}
