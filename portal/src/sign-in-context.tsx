import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import type { PasskeyAssertion, SignIn, SignInState, SignInWishes } from '@portal-auth/client';
import type { LoginMethod } from '../../contract/accounts.ts';
import { usePortal } from './portal-context.tsx';

/** The sign-in of this tab, shared by its screens. */
export interface SignInProgress {
  state: SignInState | undefined;
  busy: boolean;
  /** Opens a new sign-in and takes its first step. */
  begin: (
    wishes: Omit<SignInWishes, 'remember'> & { remember?: boolean },
    step: (signIn: SignIn) => Promise<SignInState>,
  ) => Promise<SignInState>;
  /** Signs in whom the passkey names. It remembers no browser. */
  beginWithPasskey: (passkey: PasskeyAssertion, loginMethod: LoginMethod) => Promise<SignInState>;
  /** Takes the next step of the present sign-in. */
  go: (step: (signIn: SignIn) => Promise<SignInState>) => Promise<SignInState | undefined>;
  leave: () => void;
  remember: boolean;
  setRemember: (value: boolean) => void;
  /** The sign-in is a step of another page, which has its own way back. */
  isStep: boolean;
}

const SignInContext = createContext<SignInProgress | undefined>(undefined);

interface Current {
  signIn: SignIn;
  state: SignInState;
}

/** @param isStep the sign-in is a step of another page, and begins there anew */
export function SignInProvider({
  isStep = false,
  children,
}: {
  isStep?: boolean;
  children: ReactNode;
}) {
  const { client } = usePortal();
  const [current, setCurrent] = useState<Current | undefined>(() =>
    isStep ? undefined : client.resumeSignIn(),
  );
  const [busy, setBusy] = useState(false);
  const [remember, keepRemember] = useState(() => client.wishes.read() === true);

  const progress = useMemo<SignInProgress>(() => {
    const take = async (
      signIn: SignIn,
      step: (signIn: SignIn) => Promise<SignInState>,
    ): Promise<SignInState> => {
      setBusy(true);
      const state = await step(signIn);
      const sent =
        state.kind === 'CHALLENGE' && state.refusal === undefined && 'resendAt' in state.challenge
          ? state.challenge.resendAt
          : undefined;
      if (sent !== undefined) client.clock.sentJustNow(sent);
      setCurrent({ signIn, state });
      setBusy(false);
      return state;
    };
    return {
      state: current?.state,
      busy,
      remember,
      isStep,
      begin: (wishes, step) =>
        take(client.openSignIn({ remember: remember && !isStep, ...wishes }), step),
      beginWithPasskey: (passkey, loginMethod) =>
        take(client.openSignInOf(passkey, { email: '', loginMethod, remember: false }), (signIn) =>
          signIn.withPasskey(passkey),
        ),
      go: async (step) => (current === undefined ? undefined : await take(current.signIn, step)),
      leave() {
        client.abandonSignIn();
        setCurrent(undefined);
      },
      setRemember(value) {
        client.wishes.write(value);
        keepRemember(value);
      },
    };
  }, [client, current, busy, remember, isStep]);
  return <SignInContext value={progress}>{children}</SignInContext>;
}

export function useSignIn(): SignInProgress {
  const progress = use(SignInContext);
  if (progress === undefined) throw new Error('useSignIn must be used inside SignInProvider.');
  return progress;
}
