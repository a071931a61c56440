import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress, Refusal, Result } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { useSignIn, type SignInProgress } from '../sign-in-context.tsx';
import type { LoginMethod } from '../../../contract/accounts.ts';
import { useAction } from './use-action.ts';

interface FlowState {
  step: string;
  code?: { resendAt: string } | undefined;
}

/** Shows a flow of the HTTP API: its state, its next step, and the sign-in at its end. */
export interface FlowOnScreen<T> {
  state: T | undefined;
  /** No flow is open, or it has ended. */
  isOver: boolean;
  busy: boolean;
  refusal: Refusal | undefined;
  step: (work: () => Promise<Result<Progress<T>>>) => Promise<Progress<T> | undefined>;
  /** Forgets the refusal, when another step is shown. */
  dismiss: () => void;
  /**
   * Signs in with the ticket of the last step.
   * @returns false if something that the sign-in needs is missing
   */
  signInWith: (
    ticket: string | undefined,
    email: string | undefined,
    loginMethod: LoginMethod,
  ) => Promise<boolean>;
}

const OVER: readonly string[] = ['FLOW_EXPIRED', 'TOKEN_INVALID'];

export function useFlow<T extends FlowState>(
  flow: { isOpen: boolean; current: () => Promise<Result<Progress<T>>> },
  begun?: T,
): FlowOnScreen<T> {
  const signIn = useSignIn();
  const action = useAction();
  const { state, isOver, follow, end } = useFlowState(begun, flow.isOpen);

  const reload = useCallback(async () => {
    const current = await flow.current();
    if (current.ok) follow(current.value.state, false);
    else if (OVER.includes(current.refusal.code)) end();
    return current;
  }, [flow, follow, end]);

  useEffect(() => {
    if (begun === undefined && flow.isOpen) void action.run(reload);
  }, []);

  const step = useCallback(
    (work: () => Promise<Result<Progress<T>>>) =>
      action.run(async () => {
        const answer = await work();
        if (answer.ok) follow(answer.value.state, true);
        else if (OVER.includes(answer.refusal.code)) end();
        // Another tab may have taken the step, or an attempt was counted. Show the present state.
        else if (answer.refusal.code !== 'UNREACHABLE') await reload();
        return answer;
      }),
    [action.run, follow, end, reload],
  );

  return {
    state,
    isOver,
    busy: action.busy || signIn.busy,
    refusal: action.refusal,
    step,
    dismiss: action.dismiss,
    signInWith: signInWithTicket(signIn),
  };
}

/** The state that is shown, and whether the flow has ended. */
function useFlowState<T extends FlowState>(begun: T | undefined, isOpen: boolean) {
  const [state, setState] = useState<T | undefined>(begun);
  const [isOver, setOver] = useState(begun === undefined && !isOpen);
  const setClock = useResendClock();
  const follow = useCallback(
    (next: T, live: boolean) => {
      setClock(next.code?.resendAt, live);
      setState(next);
      setOver(false);
    },
    [setClock],
  );
  return { state, isOver, follow, end: useCallback(() => setOver(true), []) };
}

/** Sets the clock by an answer in which a new code was sent. */
function useResendClock(): (resendAt: string | undefined, live: boolean) => void {
  const { client } = usePortal();
  const last = useRef('');
  return useCallback(
    (resendAt, live) => {
      if (resendAt !== undefined && live && resendAt !== last.current)
        client.clock.sentJustNow(resendAt);
      last.current = resendAt ?? '';
    },
    [client],
  );
}

function signInWithTicket(signIn: SignInProgress): FlowOnScreen<unknown>['signInWith'] {
  return async (ticket, email, loginMethod) => {
    if (ticket === undefined || email === undefined) return false;
    const next = await signIn.begin({ email, loginMethod }, (opened) => opened.withTicket(ticket));
    return next.kind !== 'ENDED';
  };
}
