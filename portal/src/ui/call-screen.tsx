import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallStatus } from '../../../contract/flows.ts';
import type { CallSeen, Refusal } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from './buttons.tsx';
import { Message, Notice } from './notice.tsx';
import { Screen } from './screen.tsx';
import { Support } from './support.tsx';

export interface CallScreenProps {
  callId: string;
  /** Two digits that the callee types before #, in the mode MATCH. */
  match: string | undefined;
  /** As the person typed it here, or masked. */
  destination: string;
  refusal: Refusal | undefined;
  busy: boolean;
  /** The # key was pressed. */
  onConfirmed: () => void;
  onCallAgain: () => void;
  onSendCode: () => void;
  /** The callee pressed 9, which ended what the call was for. */
  onDenied: () => void;
  children?: ReactNode;
}

const OVER: readonly CallStatus[] = ['NO_ANSWER', 'FAILED', 'EXPIRED'];

/** Follows the call, and continues when it is confirmed. The heading shows its status. */
export function CallScreen({
  callId,
  match,
  destination,
  refusal,
  busy,
  onConfirmed,
  onCallAgain,
  onSendCode,
  onDenied,
  children,
}: CallScreenProps) {
  const { t } = useTranslation();
  const { status, denied } = useCall(callId, onConfirmed);
  const over = OVER.includes(status);
  const mode = match === undefined ? {} : { context: 'MATCH' };
  const ended = useRef(onDenied);
  ended.current = onDenied;
  useEffect(() => {
    if (denied === true) ended.current();
  }, [denied]);
  if (denied === true) return <CallDenied />;
  return (
    <Screen
      title={t(`call.titles.${status}`, mode)}
      lead={
        over ? undefined : (
          <>
            {t('call.lead')} <strong className="pa-destination">{destination}</strong>.{' '}
            {t('call.press', mode)}
          </>
        )
      }
    >
      <Notice refusal={refusal} />
      {match === undefined || over ? <CallSymbol status={status} /> : <Digits match={match} />}
      <Message type={over ? 'warning' : status === 'CONFIRMED' ? 'success' : 'info'}>
        {t(`call.${status}`, mode)}
      </Message>
      {over ? null : <p className="pa-small">{t('call.deny', mode)}</p>}
      <Actions>
        <ActionButton kind={over ? 'primary' : 'outline'} busy={busy} onClick={onCallAgain}>
          {t('call.again')}
        </ActionButton>
        <ActionButton kind="outline" busy={busy} onClick={onSendCode}>
          {t('call.sendCode')}
        </ActionButton>
      </Actions>
      {children}
    </Screen>
  );
}

/** The end of what a call was for: whoever answered did not ask for it. */
export function CallDenied() {
  const { t } = useTranslation();
  return (
    <Screen title={t('call.deniedTitle')} lead={t('call.deniedLead')}>
      <p>{t('call.deniedYou')}</p>
      <p>{t('call.deniedOther')}</p>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
        <ButtonLink to="/password-reset" kind="outline">
          {t('help.resetPassword')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}

/** The present state of the call. It reports the # key when it is pressed. */
function useCall(callId: string, onConfirmed: () => void): CallSeen {
  const { client } = usePortal();
  const [seen, setSeen] = useState<CallSeen>({ status: 'CALLING' });
  const confirmed = useRef(onConfirmed);
  confirmed.current = onConfirmed;
  useEffect(() => {
    const watch = new AbortController();
    setSeen({ status: 'CALLING' });
    void client.watchCall(callId, setSeen, watch.signal).then((final) => {
      if (final === 'CONFIRMED') confirmed.current();
    });
    return () => watch.abort();
  }, [client, callId]);
  return seen;
}

function CallSymbol({ status }: { status: CallStatus }) {
  return (
    <div
      className={`pa-call pa-call--${status.toLowerCase().replace('_', '-')}`}
      aria-hidden="true"
    >
      <span className="pa-call__key">#</span>
    </div>
  );
}

/** The two digits to type on the phone. Screen readers read them one by one. */
function Digits({ match }: { match: string }) {
  const { t } = useTranslation();
  return (
    <div className="pa-match">
      <p>{t('call.match')}</p>
      <p className="pa-match__digits">
        <span className="usa-sr-only">{[...match].join(' ')}</span>
        <span aria-hidden="true">{match}</span>
      </p>
    </div>
  );
}
