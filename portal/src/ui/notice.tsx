import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Refusal } from '../auth-client/index.ts';

/** Codes that the backend's log can explain. */
const WORTH_A_REFERENCE: readonly string[] = ['INTERNAL', 'UNAVAILABLE', 'DELIVERY_FAILED'];

/** Explains a refusal and what to do next. */
export function Notice({
  refusal,
  children,
}: {
  refusal: Refusal | undefined;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const waiting = useSecondsLeft(refusal);
  if (refusal === undefined) return null;
  const { maskedEmail } = refusal;
  return (
    <div role="alert" className="pa-notice">
      <Alert type="error">
        <h2 className="usa-alert__heading">{t('states.errorTitle')}</h2>
        <p className="usa-alert__text">
          {t(`refusals.${refusal.code}`)}
          {waiting > 0 ? <> {t('states.waitSeconds', { seconds: waiting })}</> : null}
          {maskedEmail === undefined ? null : <> {t('states.onRecord', { maskedEmail })}</>}
          {refusal.requestId !== undefined && WORTH_A_REFERENCE.includes(refusal.code) ? (
            <span className="pa-reference">
              {t('states.reference', { requestId: refusal.requestId })}
            </span>
          ) : null}
        </p>
        {refusal.code === 'TOKEN_INVALID' ? <Link to="/">{t('actions.toLogin')}</Link> : null}
        {children}
      </Alert>
    </div>
  );
}

export function Message({
  type,
  children,
}: {
  type: 'success' | 'info' | 'warning';
  children: ReactNode;
}) {
  return (
    <div role="status" className="pa-notice">
      <Alert type={type} slim>
        <p className="usa-alert__text">{children}</p>
      </Alert>
    </div>
  );
}

/**
 * The design system's markup, written by hand. @trussworks/react-uswds cannot be loaded in parts,
 * and the first screen does without it.
 */
function Alert({
  type,
  slim = false,
  children,
}: {
  type: 'error' | 'success' | 'info' | 'warning';
  slim?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`usa-alert usa-alert--${type}${slim ? ' usa-alert--slim' : ''}`}>
      <div className="usa-alert__body">{children}</div>
    </div>
  );
}

function useSecondsLeft(refusal: Refusal | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (refusal?.retryAfterSeconds ?? 0) * 1000;
    const tick = (): void => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [refusal]);
  return left;
}
