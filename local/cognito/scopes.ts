/** Cognito's own scope on every token that its API issues. */
export const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';
