import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailAddress } from '../../../contract/accounts.ts';
import type { CreatedAccount } from '@portal-auth/client';
import { i18n } from '../i18n/index.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { EmailField } from '../ui/field.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const EmailForm = z.object({ email: EmailAddress });

/** Asks to click the link in the e-mail, and offers to correct a mistyped address. */
export function RegistrationComplete({
  created,
  onChanged,
}: {
  created: CreatedAccount;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const [correcting, setCorrecting] = useState(false);
  const [corrected, setCorrected] = useState(false);
  const time = new Date(created.linkExpiresAt).toLocaleTimeString(i18n.language, {
    timeStyle: 'short',
  });
  const done = (): void => {
    setCorrected(true);
    setCorrecting(false);
    onChanged();
  };
  const another = (): void => {
    client.providerRegistration.close();
    onChanged();
  };
  return (
    <Screen title={t('signUp.completeTitle')} lead={t('signUp.completeLead')}>
      {corrected ? <Message type="success">{t('signUp.corrected')}</Message> : null}
      <p>
        {t('signUp.sentTo')}{' '}
        <strong className="pa-destination">
          {client.providerRegistration.standing.email ?? created.maskedEmail}
        </strong>
        . {t('signUp.validUntil', { time })}
      </p>
      <p className="pa-small">{t('signUp.notArrived')}</p>
      {correcting ? (
        <CorrectEmail onDone={done} onCancel={() => setCorrecting(false)} />
      ) : (
        <Actions>
          <ActionButton kind="outline" onClick={() => setCorrecting(true)}>
            {t('signUp.correct')}
          </ActionButton>
        </Actions>
      )}
      <p className="pa-small pa-others">
        <ActionButton kind="plain" onClick={another}>
          {t('signUp.another')}
        </ActionButton>
        <ButtonLink to="/" kind="plain">
          {t('actions.toLogin')}
        </ButtonLink>
      </p>
    </Screen>
  );
}

function CorrectEmail({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const form = useFormOf(EmailForm, { email: '' });
  const faults = useFaults(form, action.refusal, { email: t('faults.email') });
  const send = form.handleSubmit(async ({ email }) => {
    if ((await action.run(() => client.providerRegistration.correctEmail(email))) !== undefined)
      onDone();
  });
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Notice faults={faults} />
      <EmailField
        field={form.register('email')}
        label={t('fields.workEmail')}
        hint={t('hints.contactEmail')}
        autoComplete="email"
        fault={faults.of('email')}
      />
      <Actions>
        <ActionButton type="submit" busy={action.busy}>
          {t('signUp.again')}
        </ActionButton>
        <ActionButton kind="outline" onClick={onCancel}>
          {t('actions.cancel')}
        </ActionButton>
      </Actions>
    </form>
  );
}
