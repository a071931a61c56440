import * as z from 'zod';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OneTimeCode, type Factor } from '../../../contract/challenges.ts';
import type { Refusal } from '../auth-client/index.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import { minutesAndSeconds, useSecondsUntil } from './countdown.ts';
import { Field } from './field.tsx';
import { Notice } from './notice.tsx';
import { Screen } from './screen.tsx';
import { useFormOf } from './use-form-of.ts';

export interface CodeEntryProps {
  factor: Factor;
  /** Masked. */
  destination: string;
  expiresAt: string;
  resendAt: string;
  attemptsLeft: number;
  refusal: Refusal | undefined;
  busy: boolean;
  onVerify: (code: string) => void;
  onResend: () => void;
  /** Verifies the phone by a call instead. Offered only if the stack can place calls. */
  onCallMe?: () => void;
  /** Other ways to continue, and the way back. */
  children?: ReactNode;
}

const Code = z.object({
  code: z
    .string()
    .transform((typed) => typed.replaceAll(/[\s-]/g, ''))
    .pipe(OneTimeCode),
});
const TITLES = { SMS: 'code.titleSms', EMAIL: 'code.titleEmail', CALL: 'code.titleCall' } as const;
const SENT = { SMS: 'code.sentSms', EMAIL: 'code.sentEmail', CALL: 'code.sentCall' } as const;
const FIRST_ATTEMPTS = 5;

/**
 * Asks for a one-time code. It shows the destination, the time left, the attempts and the resend.
 */
export function CodeEntry(props: CodeEntryProps) {
  const { factor, destination, refusal, busy, onCallMe, children } = props;
  const { t } = useTranslation();
  const {
    config: { channels },
  } = usePortal();
  return (
    <Screen
      title={t(TITLES[factor])}
      lead={
        <>
          {t(SENT[factor])} <strong className="pa-destination">{destination}</strong>.
        </>
      }
    >
      <Notice refusal={refusal} />
      <CodeForm {...props} />
      {onCallMe !== undefined && channels.includes('CALL') ? (
        <p className="pa-small">
          <ActionButton kind="plain" busy={busy} onClick={onCallMe}>
            {t('actions.callInstead')}
          </ActionButton>
        </p>
      ) : null}
      {children}
    </Screen>
  );
}

function CodeForm(props: CodeEntryProps) {
  const { expiresAt, resendAt, attemptsLeft, refusal, busy, onVerify, onResend } = props;
  const { t } = useTranslation();
  const form = useFormOf(Code, { code: '' });
  useEffect(() => {
    if (refusal !== undefined) form.setFocus('code');
  }, [refusal, form]);
  const secondsToResend = useSecondsUntil(resendAt);
  const send = form.handleSubmit(({ code }) => {
    onVerify(code);
    form.reset({ code: '' });
  });
  return (
    <>
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('code')}
          label={t('fields.code')}
          hint={t('hints.code')}
          fault={form.formState.errors.code && t('faults.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          className="pa-code"
        />
        <CodeLife expiresAt={expiresAt} attemptsLeft={attemptsLeft} />
        <Actions>
          <ActionButton type="submit" busy={busy}>
            {t('actions.verifyCode')}
          </ActionButton>
          <ActionButton
            kind="outline"
            busy={busy}
            unavailable={secondsToResend > 0}
            onClick={onResend}
          >
            {t('actions.sendNewCode')}
          </ActionButton>
        </Actions>
      </form>
      <p className="pa-small">
        {secondsToResend > 0
          ? t('code.resendIn', { seconds: secondsToResend })
          : t('code.notThere')}
      </p>
    </>
  );
}

function CodeLife({ expiresAt, attemptsLeft }: { expiresAt: string; attemptsLeft: number }) {
  const { t } = useTranslation();
  const seconds = useSecondsUntil(expiresAt);
  return (
    <div className="pa-life">
      <span
        role="timer"
        aria-live="off"
        className={seconds <= 10 ? 'pa-life__time pa-life__time--short' : 'pa-life__time'}
      >
        {seconds > 0
          ? t('code.expiresIn', { time: minutesAndSeconds(seconds) })
          : t('code.expired')}
      </span>
      <span role="status" className="usa-sr-only">
        {seconds === 0 ? t('code.expired') : ''}
      </span>
      {attemptsLeft < FIRST_ATTEMPTS ? (
        <span className="pa-life__attempts">{t('code.attemptsLeft', { count: attemptsLeft })}</span>
      ) : null}
    </div>
  );
}
