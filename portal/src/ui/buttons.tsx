import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export interface ActionButtonProps {
  children: ReactNode;
  /** Disables the button while an action is in progress, without losing the focus. */
  busy?: boolean;
  /** Disables the button for a reason that the text beside it gives. */
  unavailable?: boolean;
  kind?: 'primary' | 'outline' | 'plain' | 'danger';
  type?: 'button' | 'submit';
  onClick?: () => void;
  label?: string | undefined;
}

const KINDS = {
  primary: 'usa-button',
  outline: 'usa-button usa-button--outline',
  plain: 'usa-button usa-button--unstyled',
  danger: 'usa-button usa-button--secondary',
} as const;

export function ActionButton({
  children,
  busy = false,
  unavailable = false,
  kind = 'primary',
  type = 'button',
  onClick,
  label,
}: ActionButtonProps) {
  const held = busy || unavailable;
  const [pressed, setPressed] = useState(false);
  return (
    <>
      <button
        type={type}
        className={`${KINDS[kind]} pa-button${busy && pressed ? ' pa-button--busy' : ''}`}
        aria-disabled={held || undefined}
        aria-label={label}
        onClick={(event) => {
          if (held) return event.preventDefault();
          setPressed(true);
          onClick?.();
        }}
      >
        {children}
      </button>
      {pressed ? <Progress busy={busy} onOver={() => setPressed(false)} /> : null}
    </>
  );
}

/** Announces that the pressed button is at work. */
function Progress({ busy, onOver }: { busy: boolean; onOver: () => void }) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    if (busy) setBegun(true);
    else if (begun) onOver();
  }, [busy, begun]);
  return (
    <span role="status" className="usa-sr-only">
      {busy ? t('states.working') : ''}
    </span>
  );
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className="pa-actions">{children}</div>;
}

export function ButtonLink({
  to,
  state,
  children,
  kind = 'primary',
}: {
  to: string;
  /** What the next page begins with, such as what was typed here. */
  state?: object;
  children: ReactNode;
  kind?: 'primary' | 'outline' | 'plain';
}) {
  return (
    <Link to={to} state={state} className={`${KINDS[kind]} pa-button`}>
      {children}
    </Link>
  );
}
