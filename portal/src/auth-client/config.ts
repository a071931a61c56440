/** What the client must know of a deployed stack: the stack's outputs. */
export interface AuthClientConfig {
  /** `us-east-1_Abc123` */
  userPoolId: string;
  userPoolClientId: string;
  /** Base address of the HTTP API, without a trailing slash. */
  apiUrl: string;
  /** Where Cognito answers. @default - the user pool's Region */
  cognitoUrl?: string | undefined;
}
