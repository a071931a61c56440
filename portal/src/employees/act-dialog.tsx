import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmployeeClient } from '@portal-auth/client/employees';
import { EmailAddress } from '../../../contract/accounts.ts';
import type { Person } from '@portal-auth/client/employees';
import { Confirmation } from '../ui/confirmation.tsx';
import { timeOfDay } from '../ui/dates.ts';
import { EmailField } from '../ui/field.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { type Act, approvalIn, secondEmployeeFor } from './acts.ts';
import { CallBackChecks, useCallBackChecks } from './call-back-checks.tsx';
import { useEmployees } from './employees-context.tsx';
import { Reason, ReasonField } from './reason-field.tsx';

export interface ActDialogProps {
  act: Act;
  person: Person;
  maskedEmail: string | undefined;
  /** @param done what happened, or what it waits for */
  onDone: (done: string) => void;
  onCancel: () => void;
}

const TAKES_AWAY: readonly Act[] = ['RESET', 'DISABLE'];

const formOf = (act: Act) =>
  z.object({
    checks: z.array(z.boolean()).refine((checks) => checks.every(Boolean)),
    email: act === 'EMAIL' ? EmailAddress : z.string(),
    reason: Reason,
  });

/** Asks for what an act needs, says what it does, and does it. */
export function ActDialog({ act, person, maskedEmail, onDone, onCancel }: ActDialogProps) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const action = useAction();
  /** The same for repeats of this request, so that one after a lost answer has no second effect. */
  const [attempt] = useState(() => crypto.randomUUID());
  const checks = useCallBackChecks(act === 'RESET');
  const [schema] = useState(() => formOf(act));
  const form = useFormOf(schema, { checks: checks.map(() => false), email: '', reason: '' });
  const faults = useFaults(form, action.refusal, {
    checks: t('desk.faults.checks'),
    email: t('faults.email'),
    reason: t('desk.faults.reason'),
  });
  const name = `${person.firstName} ${person.lastName}`;
  const confirm = form.handleSubmit(async ({ email, reason }) => {
    const work = { act, username: person.username, email, reason, attempt };
    const answer = await action.run(() => perform(helpDesk, work));
    if (answer === undefined) return;
    const approval = approvalIn(answer);
    onDone(
      approval === undefined
        ? t(`desk.done.${act}`, { name, email })
        : t('desk.requested', { time: timeOfDay(approval.expiresAt) }),
    );
  });
  return (
    <Confirmation
      question={t(`desk.questions.${act}`, { name })}
      action={t(`desk.acts.${act}`)}
      kind={TAKES_AWAY.includes(act) ? 'danger' : 'primary'}
      busy={action.busy}
      faults={faults}
      onConfirm={() => void confirm()}
      onCancel={onCancel}
    >
      <form noValidate onSubmit={(event) => void confirm(event)}>
        <p>{t(`desk.actTexts.${act}`)}</p>
        <SecondEmployee act={act} person={person} />
        <CallBackChecks checks={checks} form={form} fault={faults.of('checks')} />
        {act === 'EMAIL' ? (
          <EmailField
            field={form.register('email')}
            label={t('users.correctLabel')}
            hint={maskedEmail && t('hints.maskedEmail', { maskedEmail })}
            autoComplete="off"
            fault={faults.of('email')}
          />
        ) : null}
        <ReasonField field={form.register('reason')} fault={faults.of('reason')} />
      </form>
    </Confirmation>
  );
}

interface Work {
  act: Act;
  username: string;
  email: string;
  reason: string;
  attempt: string;
}

function perform(
  helpDesk: EmployeeClient['helpDesk'],
  { act, username, email, reason, attempt }: Work,
) {
  switch (act) {
    case 'RESET':
      return helpDesk.reset(username, reason, attempt);
    case 'LINK':
      return helpDesk.resendLink(username, reason);
    case 'EMAIL':
      return helpDesk.correctEmail(username, email, reason);
    case 'UNLOCK':
      return helpDesk.unlock(username, reason);
    case 'ENABLE':
      return helpDesk.setStatus(username, 'ENABLED', reason);
    case 'DISABLE':
      return helpDesk.setStatus(username, 'DISABLED', reason);
  }
}

/** Says before the act that a second employee has to approve it. */
function SecondEmployee({ act, person }: { act: Act; person: Person }) {
  const { t } = useTranslation();
  const { secondPerson } = useEmployees().config;
  const second = secondPerson ? secondEmployeeFor(act, person.role) : 'NEVER';
  return second === 'NEVER' ? null : (
    <p>
      <strong>{t(`desk.second.${second}`)}</strong>
    </p>
  );
}
