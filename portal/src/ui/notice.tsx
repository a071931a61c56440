import { use, useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Refusal } from '@portal-auth/client';
import { Audience } from './audience.ts';
import { markError } from './page-title.ts';
import { SupportDetails } from './support-details.tsx';
import type { Fault, Faults } from './use-faults.ts';

/** Longer waits are said in minutes. */
const SECONDS_READ = 120;

export interface NoticeProps {
  refusal?: Refusal | undefined;
  /** With a form: what is wrong with it, the refusal of the backend included. */
  faults?: Faults;
  /** What is wrong, where no refusal says it. */
  words?: string;
  children?: ReactNode;
}

/**
 * The error summary of a screen: it explains a refusal and what to do next, or lists the fields of
 * a form that cannot be used. It takes the focus, which is what screen readers then read, once.
 */
export function Notice({ refusal, faults, words, children }: NoticeProps) {
  const shown = faults === undefined ? refusal : faults.refusal;
  const own = faults?.own ?? [];
  if (words !== undefined)
    return (
      <Summary occasion={words}>
        <p className="usa-alert__text">{words}</p>
      </Summary>
    );
  if (own.length > 0)
    return <Summary occasion={faults?.attempts}>{<FaultList own={own} />}</Summary>;
  if (shown === undefined) return null;
  return (
    <Summary occasion={shown} more={<SupportDetails refusal={shown} />}>
      <Explanation refusal={shown} />
      {children}
    </Summary>
  );
}

/** @param occasion with each new one the summary takes the focus */
function Summary({
  occasion,
  more,
  children,
}: {
  occasion: unknown;
  /** What is not read aloud with the error. */
  more?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'center' });
  }, [occasion]);
  useLayoutEffect(() => markError(t('states.errorPrefix')), [t]);
  return (
    <div
      ref={box}
      role="group"
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="pa-notice pa-summary"
    >
      <Alert type="error">
        <h2 id={`${id}-title`} className="usa-alert__heading">
          {t('states.errorTitle')}
        </h2>
        <div id={`${id}-text`}>{children}</div>
        {more}
      </Alert>
    </div>
  );
}

function FaultList({ own }: { own: Fault[] }) {
  return (
    <ul className="usa-alert__text pa-summary__list">
      {own.map(({ field, text }) => (
        <li key={field}>
          <a
            href={`#field-${field}`}
            onClick={(event) => {
              event.preventDefault();
              document.getElementById(`field-${field}`)?.focus();
            }}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Explanation({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation();
  const waiting = useSecondsLeft(refusal);
  const { words, login } = use(Audience);
  const { pathname } = useLocation();
  const waitingWords =
    waiting > SECONDS_READ
      ? t('states.waitMinutes', { minutes: Math.ceil(waiting / 60) })
      : t('states.waitSeconds', { seconds: waiting });
  const { code, maskedEmail } = refusal;
  return (
    <>
      <p className="usa-alert__text">
        {t(`refusals.${code}`, words)}
        {waiting > 0 ? <> {waitingWords}</> : null}
        {maskedEmail === undefined ? null : <> {t('states.onRecord', { maskedEmail })}</>}
      </p>
      {code === 'TOKEN_INVALID' ? (
        <Link to={login.to} state={{ to: pathname }}>
          {t(login.text)}
        </Link>
      ) : null}
    </>
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

const ALERTS = {
  error: 'usa-alert usa-alert--error',
  success: 'usa-alert usa-alert--success',
  info: 'usa-alert usa-alert--info',
  warning: 'usa-alert usa-alert--warning',
} as const;

function Alert({
  type,
  slim = false,
  children,
}: {
  type: keyof typeof ALERTS;
  slim?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={slim ? `${ALERTS[type]} usa-alert--slim` : ALERTS[type]}>
      <div className="usa-alert__body">{children}</div>
    </div>
  );
}

function useSecondsLeft(refusal: Refusal): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (refusal.retryAfterSeconds ?? 0) * 1000;
    const tick = (): void => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [refusal]);
  return left;
}
