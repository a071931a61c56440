import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '@portal-auth/client';
import { ActionButton, Actions } from './buttons.tsx';
import { Notice } from './notice.tsx';
import type { Faults } from './use-faults.ts';

export interface ConfirmationProps {
  question: string;
  action: string;
  busy: boolean;
  refusal?: Refusal | undefined;
  /** With a form: what is wrong with it, the refusal included. */
  faults?: Faults;
  /** @default 'danger' */
  kind?: 'primary' | 'danger';
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/**
 * A modal question. The dialog element traps the focus, closes on Escape and restores the focus.
 */
export function Confirmation({
  question,
  action,
  busy,
  refusal,
  faults,
  kind = 'danger',
  onConfirm,
  onCancel,
  children,
}: ConfirmationProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page: one that is gone cannot give the focus back.
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="pa-dialog"
      aria-labelledby="question"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id="question">{question}</h2>
      <Notice refusal={refusal} {...(faults === undefined ? {} : { faults })} />
      {children}
      <Actions>
        <ActionButton kind={kind} busy={busy} onClick={onConfirm}>
          {action}
        </ActionButton>
        <ActionButton kind="outline" onClick={onCancel}>
          {t('actions.cancel')}
        </ActionButton>
      </Actions>
    </dialog>
  );
}
