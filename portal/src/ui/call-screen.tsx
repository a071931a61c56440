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
  destination,
  refusal,
  busy,
  onConfirmed,
  onCallAgain,
  onSendCode,
  children,
}: CallScreenProps) {
  const { t } = useTranslation();
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
  const over = OVER.includes(status);
  return (
    <Screen
      title={t('call.title')}
      lead={
        <>
          {t('call.lead')} <strong className="pa-destination">{destination}</strong>.{' '}
          {t('call.press')}
        </>
      }
    >
      <Notice refusal={refusal} />
      <div
        className={`pa-call pa-call--${status.toLowerCase().replace('_', '-')}`}
        aria-hidden="true"
      >
        <span className="pa-call__key">#</span>
      </div>
      <Message type={over ? 'warning' : status === 'CONFIRMED' ? 'success' : 'info'}>
        {t(`call.${status}`)}
      </Message>
      <p className="pa-small">{t('call.deny')}</p>
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
