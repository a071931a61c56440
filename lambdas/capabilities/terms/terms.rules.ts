/** Terms of use: what an acceptance records. */
import type { SignInMethod } from '../../../contract/accounts.ts';

export interface TermsAcceptance {
  accountId: string;
  version: string;
  /** Of the Markdown text that was accepted, hex. */
  sha256: string;
  acceptedAt: number;
  loginMethod: SignInMethod;
  flowId: string;
}
