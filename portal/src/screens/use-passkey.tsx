import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SignInState } from '@portal-auth/client';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { askForPasskey } from '../ui/passkeys.ts';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useWhileHere } from '../ui/use-while-here.ts';
import { OtherFactors } from './other-factors.tsx';

/** A passkey as the factor after a password. The browser's prompt opens at once. */
export function UsePasskey({
  state,
  options,
}: {
  state: Extract<SignInState, { kind: 'CHALLENGE' }>;
  /** JSON of PublicKeyCredentialRequestOptionsJSON. */
  options: string;
}) {
  const { t } = useTranslation();
  const { busy, go, isStep } = useSignIn();
  const action = useAction();
  const here = useWhileHere();
  const ask = async (): Promise<void> => {
    const passkey = await action.run(() =>
      askForPasskey(JSON.parse(options) as Parameters<typeof askForPasskey>[0]),
    );
    // Whoever has left the prompt open may have chosen another factor.
    if (passkey !== undefined && !here.current.aborted)
      await go((signIn) => signIn.usePasskey(passkey));
  };
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void ask();
  }, []);
  return (
    <Screen title={t('passkeys.useTitle')} lead={t('passkeys.useLead')}>
      <Notice refusal={action.refusal ?? (action.busy || busy ? undefined : state.refusal)} />
      <Actions>
        <ActionButton busy={action.busy || busy} onClick={() => void ask()}>
          {t('passkeys.continue')}
        </ActionButton>
      </Actions>
      <p className="pa-small pa-others">
        <OtherFactors state={state} offered={['SMS', 'CALL', 'EMAIL', 'RECOVERY_CODE']} />
        {isStep ? null : <Link to="/">{t('actions.toLogin')}</Link>}
      </p>
    </Screen>
  );
}
