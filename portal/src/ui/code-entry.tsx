import * as z from 'zod';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { OneTimeCode, type Factor } from '../../../contract/challenges.ts';
import type { Refusal } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import { minutesAndSeconds, useSecondsUntil } from './countdown.ts';
import { Field } from './field.tsx';
import { Message, Notice } from './notice.tsx';
import { Screen } from './screen.tsx';
import { useFaults } from './use-faults.ts';
import { useFormOf } from './use-form-of.ts';

export interface CodeEntryProps {
  factor: Factor;
  /** As the person typed it here, or masked. */
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
 * Asks for a one-time code. It shows the destination, the time left, the attempts and the resend. A
 * code that is no longer valid has no time left: only a new one helps.
 */
export function CodeEntry(props: CodeEntryProps) {
  const { factor, destination, refusal, busy, onCallMe, children } = props;
  const { t } = useTranslation();
  const {
    config: { channels },
  } = usePortal();
  const form = useFormOf(Code, { code: '' });
  const faults = useFaults(form, refusal, { code: t('faults.code') });
  const isResent = useResent(props.expiresAt);
  return (
    <Screen
      title={t(TITLES[factor])}
      lead={
        <>
          {t(SENT[factor])} <strong className="pa-destination">{destination}</strong>.
        </>
      }
    >
      <Notice faults={faults} />
      {isResent && refusal === undefined ? (
        <Message type="success">{t('code.resent', { destination })}</Message>
      ) : null}
      <CodeForm {...props} form={form} fault={faults.of('code')} />
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

/** True once another code has taken the first one's place. */
function useResent(expiresAt: string): boolean {
  const first = useRef(expiresAt);
  return first.current !== expiresAt;
}

/** What was typed is kept until it has been judged: a request that was lost loses nothing. */
function useTyped(
  form: ReturnType<typeof useFormOf<{ code: string }, { code: string }>>,
  { refusal, busy, expiresAt }: CodeEntryProps,
): () => void {
  const [sent, setSent] = useState(false);
  useLayoutEffect(() => {
    if (busy || !sent) return;
    setSent(false);
    if (refusal !== undefined && refusal.code !== 'UNREACHABLE') form.reset({ code: '' });
  }, [busy, sent, refusal, form]);
  useLayoutEffect(() => form.reset({ code: '' }), [expiresAt, form]);
  return () => setSent(true);
}

function CodeForm(
  props: CodeEntryProps & {
    form: ReturnType<typeof useFormOf<{ code: string }, { code: string }>>;
    fault: string | undefined;
  },
) {
  const { form, fault, expiresAt, resendAt, attemptsLeft, busy, onVerify, onResend } = props;
  const { t } = useTranslation();
  const secondsToResend = useSecondsUntil(resendAt);
  const isDead = useSecondsUntil(expiresAt) === 0 || attemptsLeft === 0;
  const sent = useTyped(form, props);
  const send = form.handleSubmit(({ code }) => {
    onVerify(code);
    sent();
  });
  return (
    <>
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('code')}
          label={t('fields.code')}
          hint={t('hints.code')}
          fault={fault}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          className="pa-code"
        />
        <CodeLife expiresAt={expiresAt} attemptsLeft={attemptsLeft} />
        <Actions>
          <ActionButton type="submit" kind={isDead ? 'outline' : 'primary'} busy={busy}>
            {t('actions.verifyCode')}
          </ActionButton>
          <ActionButton
            kind={isDead ? 'primary' : 'outline'}
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
  const dead = attemptsLeft === 0 ? 'code.usedUp' : seconds === 0 ? 'code.expired' : undefined;
  return (
    <div className="pa-life">
      {dead !== undefined ? null : (
        <span
          role="timer"
          aria-live="off"
          className={seconds <= 10 ? 'pa-life__time pa-life__time--short' : 'pa-life__time'}
        >
          {t('code.expiresIn', { time: minutesAndSeconds(seconds) })}
        </span>
      )}
      <span role="status" className="pa-life__dead">
        {dead === undefined ? '' : t(dead)}
      </span>
      {dead === undefined && attemptsLeft < FIRST_ATTEMPTS ? (
        <span className="pa-life__attempts">{t('code.attemptsLeft', { count: attemptsLeft })}</span>
      ) : null}
    </div>
  );
}
