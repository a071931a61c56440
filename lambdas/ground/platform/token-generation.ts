/** What a pre token generation trigger (V2) decides, in the shape that Cognito takes. */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

interface TokenGeneration<Claims> {
  claimsToAddOrOverride: Claims;
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
}

/** Claims may be numbers and booleans too, which the types of the event do not have. */
export type TokenEvent<Claims> = Omit<PreTokenGenerationV2TriggerEvent, 'response'> & {
  response: {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: TokenGeneration<Claims>;
      accessTokenGeneration: TokenGeneration<Claims>;
    };
  };
};

/** Would open Cognito's self-service operations to the access token. */
const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

/**
 * Tokens with the claims; the access token opens the routes of `scope`, and no operation of
 * Cognito.
 */
export function tokensWith<Claims>(claims: Claims, scope: string): TokenEvent<Claims>['response'] {
  return {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: claims },
      accessTokenGeneration: {
        claimsToAddOrOverride: claims,
        scopesToAdd: [scope],
        scopesToSuppress: [SELF_SERVICE_SCOPE],
      },
    },
  };
}
