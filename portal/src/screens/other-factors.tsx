import { useTranslation } from 'react-i18next';
import type { SignInFactor, SignInState } from '@portal-auth/client';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton } from '../ui/buttons.tsx';
import { canUsePasskeys } from '../ui/passkeys.ts';

const NAMES = {
  SMS: 'actions.sendCode',
  CALL: 'actions.callMe',
  EMAIL: 'factor.byEmail',
  PASSKEY: 'passkeys.instead',
  RECOVERY_CODE: 'recovery.instead',
} as const;

/** Other ways to go on, of those that the account has and this browser can use. */
export function OtherFactors({
  state,
  offered,
}: {
  state: Extract<SignInState, { kind: 'CHALLENGE' }>;
  offered: readonly SignInFactor[];
}) {
  const { t } = useTranslation();
  const { busy, go } = useSignIn();
  return offered
    .filter((factor) => state.factors.includes(factor))
    .filter((factor) => factor !== 'PASSKEY' || canUsePasskeys())
    .map((factor) => (
      <ActionButton
        key={factor}
        kind="plain"
        busy={busy}
        onClick={() => void go((signIn) => signIn.chooseFactor(factor))}
      >
        {t(NAMES[factor])}
      </ActionButton>
    ));
}
