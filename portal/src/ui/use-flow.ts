import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress, Refusal, Result } from '../auth-client/index.ts';
import { usePortal } from '../portal-context.tsx';
import { useSignIn, type SignInProgress } from '../sign-in-context.tsx';
import type { LoginMethod } from '../../../contract/accounts.ts';
import { useAction } from './use-action.ts';

interface FlowState {
  step: string;
  code?: { resendAt: string } | undefined;
}

/**
 * A flow of the HTTP API on a screen: where it stands, its next step, and the sign-in at its end.
 */
export interface FlowOnScreen<T> {
  state: T | undefined;
  /** No flow is open, or it is over. */
  isOver: boolean;
  busy: boolean;
  refusal: Refusal | undefined;
  step: (work: () => Promise<Result<Progress<T>>>) => Promise<Progress<T> | undefined>;
  /**
   * Signs in with what the last step gave (road 3).
   * @returns false when that cannot be done from here
   */
  signInWith: (
    ticket: string | undefined,
    email: string | undefined,
    password: string | undefined,
    loginMethod: LoginMethod,
  ) => Promise<boolean>;
}

const OVER: readonly string[] = ['FLOW_EXPIRED', 'TOKEN_INVALID'];

export function useFlow<T extends FlowState>(
  flow: { isOpen: boolean; current: () => Promise<Result<Progress<T>>> },
  begun?: T,
): FlowOnScreen<T> {
  const { client } = usePortal();
  const signIn = useSignIn();
  const action = useAction();
  const [state, setState] = useState<T | undefined>(begun);
  const [isOver, setOver] = useState(begun === undefined && !flow.isOpen);
  const lastResend = useRef('');

  const follow = useCallback(
    (next: T, live: boolean) => {
      const resendAt = next.code?.resendAt;
      if (resendAt !== undefined && live && resendAt !== lastResend.current)
        client.clock.sentJustNow(resendAt);
      lastResend.current = resendAt ?? '';
      setState(next);
      setOver(false);
    },
    [client],
  );

  const reload = useCallback(async () => {
    const current = await flow.current();
    if (current.ok) follow(current.value.state, false);
    else if (OVER.includes(current.refusal.code)) setOver(true);
    return current;
  }, [flow, follow]);

  useEffect(() => {
    if (begun === undefined && flow.isOpen) void action.run(reload);
  }, []);

  const step = useCallback(
    (work: () => Promise<Result<Progress<T>>>) =>
      action.run(async () => {
        const answer = await work();
        if (answer.ok) follow(answer.value.state, true);
        else if (OVER.includes(answer.refusal.code)) setOver(true);
        // Another tab was faster, or an attempt was counted: show where the flow stands now.
        else if (answer.refusal.code !== 'UNREACHABLE') await reload();
        return answer;
      }),
    [action.run, follow, reload],
  );

  return {
    state,
    isOver,
    busy: action.busy || signIn.busy,
    refusal: action.refusal,
    step,
    signInWith: signInWithTicket(signIn),
  };
}

function signInWithTicket(signIn: SignInProgress): FlowOnScreen<unknown>['signInWith'] {
  return async (ticket, email, password, loginMethod) => {
    if (ticket === undefined || email === undefined || password === undefined) return false;
    const next = await signIn.begin({ email, loginMethod }, (opened) =>
      opened.withTicket(password, ticket),
    );
    return next.kind !== 'ENDED';
  };
}
