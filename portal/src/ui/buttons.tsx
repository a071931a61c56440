import type { ReactNode } from 'react';
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
  label?: string;
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
  return (
    <button
      type={type}
      className={`${KINDS[kind]} pa-button${busy ? ' pa-button--busy' : ''}`}
      aria-disabled={held || undefined}
      aria-label={label}
      onClick={(event) => {
        if (held) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className="pa-actions">{children}</div>;
}

export function ButtonLink({
  to,
  children,
  kind = 'primary',
}: {
  to: string;
  children: ReactNode;
  kind?: 'primary' | 'outline' | 'plain';
}) {
  return (
    <Link to={to} className={`${KINDS[kind]} pa-button`}>
      {children}
    </Link>
  );
}
