/** The session of an employee: tokens of the employees' own user pool, in this tab. */
import { accepted, refused, type Result } from './refusals.ts';
import type { IssuedTokens, OpenId, SignInFailure } from './open-id.ts';
import type { EndedSession, OtherTabs, SessionEnding } from './other-tabs.ts';
import type { Kept } from './tab-storage.ts';

/** Who is signed in, as the token says it. The backend reads the token itself. */
export interface Employee {
  name: string;
  email: string | undefined;
  /** Whether the provider named the help desk's group at the last sign-in. */
  isHelpDesk: boolean;
  /** When the sign-in was, in milliseconds by this browser's clock. It lasts for an hour. */
  signedInAt: number;
}

/** What a tab keeps of an employee. It is not the session of a provider's user. */
export interface EmployeeTokens extends IssuedTokens {
  of: 'EMPLOYEE';
  /** Milliseconds, by this browser's clock. */
  signedInAt: number;
}

export interface EmployeeSession {
  employee: () => Employee | undefined;
  /**
   * Leaves the page for the identity provider. The refusal is UNREACHABLE.
   * @param wishes `to` is the page to show afterwards; `again` asks who it is even in a browser
   * that is still signed in there; `signal` ends when the person leaves the page by themselves
   */
  begin: (wishes?: {
    to?: string;
    again?: boolean;
    signal?: AbortSignal;
  }) => Promise<Result<undefined>>;
  /** Takes the answer that the address of the page carries. */
  comeBack: (
    address: string,
  ) => Promise<{ employee: Employee; to: string | undefined } | { failure: SignInFailure }>;
  /**
   * A token that is valid for a while. The refusal is TOKEN_INVALID when the session has ended, and
   * UNREACHABLE while the token cannot be refreshed.
   */
  accessToken: () => Promise<Result<string>>;
  /** A new token, even if the present one seems valid by this browser's clock. */
  renew: () => Promise<Result<string>>;
  /**
   * Revokes the tokens and leaves the page to end the session at the user pool. The refusal is
   * UNREACHABLE: the tokens are forgotten all the same, and signing out again goes on.
   */
  signOut: () => Promise<Result<undefined>>;
  /** Forgets tokens that have ended. */
  clear: () => void;
  /**
   * Ends this session when the same employee signs out in another tab of this browser. One that has
   * ended there is renewed here first, and goes on if the backend allows it.
   * @param ended is called once the tokens of this tab are forgotten
   * @returns stops following
   */
  followOtherTabs: (ended: (ending: SessionEnding) => void) => () => void;
}

/** A token that ends sooner is renewed before it is used. */
const MARGIN_MS = 30_000;

/** What the session takes of the browser. */
export interface EmployeeTab {
  kept: Kept<EmployeeTokens>;
  tabs: OtherTabs;
  /** Goes to another page, in place of this one. */
  leave: (address: string) => void;
}

export function createEmployeeSession(
  openId: OpenId,
  { kept, tabs, leave }: EmployeeTab,
): EmployeeSession {
  const forget = forgetting(kept, tabs);
  const renew = renewal(openId, kept, forget);
  const follow = following(openId, kept, renew);
  return {
    employee: () => employeeIn(kept),
    async begin({ to, again = false, signal } = {}) {
      if (!(await openId.isReachable())) return refused('UNREACHABLE');
      const address = await openId.signInUrl({ to }, again ? 'login' : undefined);
      if (signal?.aborted !== true) leave(address);
      return accepted(undefined);
    },
    async comeBack(address) {
      const answer = await openId.exchange(address);
      if ('failure' in answer) return answer;
      const tokens = { ...answer.tokens, of: 'EMPLOYEE', signedInAt: Date.now() } as const;
      kept.write(tokens);
      return { employee: employeeOf(tokens), to: answer.to };
    },
    async accessToken() {
      const tokens = kept.read();
      if (tokens === undefined) return refused('TOKEN_INVALID');
      return tokens.expiresAt - MARGIN_MS > Date.now() ? accepted(tokens.accessToken) : renew();
    },
    renew,
    async signOut() {
      const refreshToken = forget('SIGNED_OUT')?.refreshToken;
      if (refreshToken !== undefined) await openId.revoke(refreshToken);
      if (!(await openId.isReachable())) return refused('UNREACHABLE');
      leave(openId.signOutUrl());
      return accepted(undefined);
    },
    clear: () => void forget('ENDED'),
    followOtherTabs: (ended) => tabs.listen((heard) => void follow(heard, ended)),
  };
}

type Forget = (ending: SessionEnding) => EmployeeTokens | undefined;

/**
 * Forgets the tokens, and then says so to the other tabs: whoever has no tokens does not follow.
 */
function forgetting(kept: Kept<EmployeeTokens>, tabs: OtherTabs): Forget {
  return (ending) => {
    const tokens = kept.read();
    kept.clear();
    const subject = tokens && subjectOf(tokens);
    if (subject !== undefined) tabs.announce({ subject, ending });
    return tokens;
  };
}

type Follow = (other: EndedSession, ended: (ending: SessionEnding) => void) => Promise<void>;

function following(
  openId: OpenId,
  kept: Kept<EmployeeTokens>,
  renew: EmployeeSession['renew'],
): Follow {
  return async ({ subject, ending }, ended) => {
    const tokens = kept.read();
    if (tokens === undefined || subjectOf(tokens) !== subject) return;
    if (ending === 'ENDED') {
      await renew();
      if (kept.read() === undefined) ended(ending);
      return;
    }
    kept.clear();
    ended(ending);
    if (tokens.refreshToken !== undefined) await openId.revoke(tokens.refreshToken);
  };
}

/** Renews one at a time: whoever asks meanwhile gets the same answer. */
function renewal(
  openId: OpenId,
  kept: Kept<EmployeeTokens>,
  forget: Forget,
): () => Promise<Result<string>> {
  let underWay: Promise<Result<string>> | undefined;
  const renew = async (): Promise<Result<string>> => {
    const tokens = kept.read();
    if (tokens === undefined) return refused('TOKEN_INVALID');
    const renewed = await openId.refresh(tokens);
    // Somebody signed out meanwhile, or in as somebody else.
    if (kept.read()?.refreshToken !== tokens.refreshToken) return refused('TOKEN_INVALID');
    if (renewed.ok) {
      kept.write({ ...tokens, ...renewed.value });
      return accepted(renewed.value.accessToken);
    }
    if (renewed.refusal.code === 'TOKEN_INVALID') forget('ENDED');
    return renewed;
  };
  return () => (underWay ??= renew().finally(() => (underWay = undefined)));
}

function employeeIn(kept: Kept<EmployeeTokens>): Employee | undefined {
  const tokens = kept.read();
  return tokens && employeeOf(tokens);
}

function subjectOf({ claims: { sub } }: EmployeeTokens): string | undefined {
  return typeof sub === 'string' ? sub : undefined;
}

function employeeOf({ claims, signedInAt }: EmployeeTokens): Employee {
  const { employee_name: name, email, help_desk: desk } = claims;
  return {
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' ? email : undefined,
    isHelpDesk: desk === true || desk === 'true',
    signedInAt,
  };
}
