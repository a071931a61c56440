import * as z from 'zod';
import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnterRecoveryCodeParameters, RecoveryCode } from '../../../contract/challenges.ts';
import type { Refusal, SignInState } from '@portal-auth/client';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { OtherFactors } from './other-factors.tsx';

const Code = z.object({ code: RecoveryCode });
const FIRST_ATTEMPTS = 5;

/** Asks for a recovery code. Nothing is sent, so there is nothing to wait for or to send again. */
export function EnterRecoveryCode({
  state,
  challenge: { attemptsLeft: left },
}: {
  state: Extract<SignInState, { kind: 'CHALLENGE' }>;
  challenge: EnterRecoveryCodeParameters;
}) {
  const { t } = useTranslation();
  const { busy, go } = useSignIn();
  const form = useFormOf(Code, { code: '' });
  const attemptsLeft = Number(left);
  const isUsedUp = attemptsLeft === 0;
  const faults = useFaults(form, isUsedUp ? undefined : state.refusal, {
    code: t('recovery.faulty'),
  });
  const sent = useClearedWhenWrong(() => form.reset({ code: '' }), state.refusal, busy);
  const send = form.handleSubmit(({ code }) => {
    sent();
    void go((signIn) => signIn.enterCode(code));
  });
  return (
    <Screen title={t('recovery.enterTitle')} lead={t('recovery.enterLead')}>
      {isUsedUp ? <Notice words={t('recovery.usedUp')} /> : <Notice faults={faults} />}
      {isUsedUp ? null : (
        <form noValidate onSubmit={(event) => void send(event)}>
          <Field
            field={form.register('code')}
            label={t('recovery.code')}
            hint={t('recovery.codeHint')}
            fault={faults.of('code')}
            autoComplete="off"
            maxLength={32}
            className="pa-code pa-code--long"
          />
          {attemptsLeft < FIRST_ATTEMPTS ? (
            <p className="pa-life__attempts">{t('code.attemptsLeft', { count: attemptsLeft })}</p>
          ) : null}
          <Actions>
            <ActionButton type="submit" busy={busy}>
              {t('actions.verifyCode')}
            </ActionButton>
          </Actions>
        </form>
      )}
      <p className="pa-small pa-others">
        <OtherFactors state={state} offered={['SMS', 'CALL', 'EMAIL', 'PASSKEY']} />
      </p>
    </Screen>
  );
}

/** What was typed is kept until it has been judged: a request that was lost loses nothing. */
function useClearedWhenWrong(
  clear: () => void,
  refusal: Refusal | undefined,
  busy: boolean,
): () => void {
  const [sent, setSent] = useState(false);
  useLayoutEffect(() => {
    if (busy || !sent) return;
    setSent(false);
    if (refusal !== undefined && refusal.code !== 'UNREACHABLE') clear();
  }, [busy, sent, refusal]);
  return () => setSent(true);
}
