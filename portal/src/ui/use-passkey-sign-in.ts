import { useEffect, useRef, useState } from 'react';
import type { PasskeyAssertion, Refusal } from '@portal-auth/client';
import type { LoginMethod } from '../../../contract/accounts.ts';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { askForPasskey, canFillInPasskeys } from './passkeys.ts';
import { useAction } from './use-action.ts';
import { useNavigateWhileHere, useWhileHere } from './use-while-here.ts';

export interface PasskeySignIn {
  busy: boolean;
  /** Why no passkey was used. What the backend refused is the end of the sign-in. */
  refusal: Refusal | undefined;
  dismiss: () => void;
  /** Asks for a passkey in a prompt of the browser. */
  start: () => Promise<void>;
  /** Signs in with a passkey that the browser already has. */
  signIn: (passkey: PasskeyAssertion) => Promise<void>;
}

/** Signs in with a passkey, without an address. */
export function usePasskeySignIn(loginMethod: LoginMethod): PasskeySignIn {
  const { client } = usePortal();
  const { busy, beginWithPasskey } = useSignIn();
  const navigate = useNavigateWhileHere();
  const here = useWhileHere();
  const action = useAction();
  const signIn = async (passkey: PasskeyAssertion): Promise<void> => {
    const state = await beginWithPasskey(passkey, loginMethod);
    if (state.kind === 'SIGNED_IN') navigate('/home');
    else if (state.kind === 'CHALLENGE') navigate('/sign-in/verify');
  };
  const start = async (): Promise<void> => {
    const passkey = await action.run(async () => {
      const request = await client.passkeyRequest();
      return request.ok ? await askForPasskey(request.value) : request;
    });
    if (passkey !== undefined && !here.current.aborted) await signIn(passkey);
  };
  return { ...action, busy: action.busy || busy, start, signIn };
}

/** The backend's challenge is valid for five minutes. A page that stays open asks for another. */
const RENEWED_AFTER_MS = 4 * 60_000;

/**
 * Offers passkeys in the address field while the page is open, where the browser can. It fails
 * silently: the form and the button remain.
 * @param isOffered false while another ceremony or a request is under way
 */
export function usePasskeyAutofill(
  isOffered: boolean,
  onPasskey: (passkey: PasskeyAssertion) => void,
): void {
  const { client } = usePortal();
  const [round, setRound] = useState(0);
  const chosen = useRef(onPasskey);
  chosen.current = onPasskey;
  useEffect(() => {
    if (!isOffered) return;
    const ending = new AbortController();
    const { signal } = ending;
    const offer = async (): Promise<void> => {
      if (!(await canFillInPasskeys()) || signal.aborted) return;
      const request = await client.passkeyRequest();
      if (!request.ok || signal.aborted) return;
      const passkey = await askForPasskey(request.value, signal);
      if (passkey.ok && !signal.aborted) chosen.current(passkey.value);
    };
    void offer();
    const stopRenewing = whenSeenAfter(RENEWED_AFTER_MS, () => setRound((last) => last + 1));
    return () => {
      ending.abort();
      stopRenewing();
    };
  }, [client, isOffered, round]);
}

/** Runs once the time has passed and the page is in view: a page in the background asks nothing. */
function whenSeenAfter(milliseconds: number, run: () => void): () => void {
  const seen = (): void => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', seen);
    run();
  };
  const timer = setTimeout(() => {
    document.addEventListener('visibilitychange', seen);
    seen();
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}
