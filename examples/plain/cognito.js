/** The script amazon-cognito-identity.min.js as the module that the client imports. */
export const { AuthenticationDetails, CognitoUser, CognitoUserPool } =
  globalThis.AmazonCognitoIdentity;
