import type { JWTPayload } from 'jose';

/** What the pre token trigger changes in the tokens. */
export interface TokenOverrides {
  scopes: string[];
  access: (claims: JWTPayload) => JWTPayload;
  id: (claims: JWTPayload) => JWTPayload;
}
