import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallStatus } from '../../../contract/flows.ts';
import type { Refusal } from '../auth-client/index.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import { Message, Notice } from './notice.tsx';
import { Screen } from './screen.tsx';

export interface CallScreenProps {
  callId: string;
  /** Two digits that the callee types before #, in the mode MATCH. */
  match: string | undefined;
  /** Masked. */
  destination: string;
  refusal: Refusal | undefined;
  busy: boolean;
  /** The # key was pressed. */
  onConfirmed: () => void;
  onCallAgain: () => void;
  onSendCode: () => void;
  children?: ReactNode;
}

const OVER: readonly CallStatus[] = ['NO_ANSWER', 'FAILED', 'EXPIRED'];

/** Follows the call, and continues when it is confirmed. */
export function CallScreen({
  callId,
  match,
  destination,
  refusal,
  busy,
  onConfirmed,
  onCallAgain,
  onSendCode,
  children,
}: CallScreenProps) {
  const { t } = useTranslation();
  const status = useCall(callId, onConfirmed);
  const over = OVER.includes(status);
  const mode = match === undefined ? {} : { context: 'MATCH' };
  return (
    <Screen
      title={t('call.title')}
      lead={
        <>
          {t('call.lead')} <strong className="pa-destination">{destination}</strong>.{' '}
          {t('call.press', mode)}
        </>
      }
    >
      <Notice refusal={refusal} />
      {match === undefined || over ? <CallSymbol status={status} /> : <Digits match={match} />}
      <Message type={over ? 'warning' : status === 'CONFIRMED' ? 'success' : 'info'}>
        {t(`call.${status}`, mode)}
      </Message>
      <p className="pa-small">{t('call.deny', mode)}</p>
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

/** The present status of the call. It reports the # key when it is pressed. */
function useCall(callId: string, onConfirmed: () => void): CallStatus {
  const { client } = usePortal();
  const [status, setStatus] = useState<CallStatus>('CALLING');
  const confirmed = useRef(onConfirmed);
  confirmed.current = onConfirmed;
  useEffect(() => {
    const watch = new AbortController();
    setStatus('CALLING');
    void client.watchCall(callId, setStatus, watch.signal).then((final) => {
      if (final === 'CONFIRMED') confirmed.current();
    });
    return () => watch.abort();
  }, [client, callId]);
  return status;
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
