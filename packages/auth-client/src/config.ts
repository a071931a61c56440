/** The outputs of a deployed stack that the client needs. */
export interface AuthClientConfig {
  /** `us-east-1_Abc123` */
  userPoolId: string;
  userPoolClientId: string;
  /** Base address of the HTTP API, without a trailing slash. */
  apiUrl: string;
  /**
   * Cognito's address.
   * @default - the endpoint of the user pool's Region
   */
  cognitoUrl?: string | undefined;
  /**
   * The relying party of the stage's passkeys.
   * @default - the page's host name
   */
  passkeyRpId?: string | undefined;
  /**
   * The language of the page, such as `es`; it is called for every request: messages and calls come
   * in it, and a completed registration keeps it for the account.
   * @default - the languages of the browser
   */
  language?: (() => string) | undefined;
}
