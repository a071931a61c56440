import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailAddress, Username } from '../../../contract/accounts.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Field, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const ByUsername = z.object({ username: Username });
const ByPassword = z.object({ email: EmailAddress, password: z.string().min(1).max(1024) });

/** Registration error → Reset: a link by username. */
export function LinkByUsername() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const [sent, setSent] = useState(false);
  const form = useFormOf(ByUsername, { username: '' });
  const send = form.handleSubmit(async ({ username }) => {
    if ((await action.run(() => client.requestLinkByUsername(username))) !== undefined)
      setSent(true);
  });
  if (sent) return <Sent />;
  return (
    <Screen title={t('resetLink.title')} lead={t('resetLink.lead')}>
      <Notice refusal={action.refusal} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('username')}
          label={t('fields.username')}
          autoComplete="username"
          fault={form.formState.errors.username && t('faults.username')}
        />
        <Submit busy={action.busy} />
      </form>
    </Screen>
  );
}

/** Incomplete registration: a link by e-mail address and password. */
export function LinkByPassword() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const [sent, setSent] = useState(false);
  const form = useFormOf(ByPassword, { email: '', password: '' });
  const { errors } = form.formState;
  const send = form.handleSubmit(async ({ email, password }) => {
    if ((await action.run(() => client.requestLinkByPassword(email, password))) !== undefined)
      setSent(true);
  });
  if (sent) return <Sent />;
  return (
    <Screen title={t('resetLink.incompleteTitle')} lead={t('resetLink.incompleteLead')}>
      <Notice refusal={action.refusal} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('email')}
          label={t('fields.email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          fault={errors.email && t('faults.email')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={errors.password && t('faults.passwordMissing')}
        />
        <Submit busy={action.busy} />
      </form>
    </Screen>
  );
}

function Submit({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Actions>
      <ActionButton type="submit" busy={busy}>
        {t('actions.submit')}
      </ActionButton>
      <ButtonLink to="/help" kind="outline">
        {t('actions.back')}
      </ButtonLink>
    </Actions>
  );
}

function Sent() {
  const { t } = useTranslation();
  return (
    <Screen title={t('resetLink.sentTitle')} lead={t('resetLink.sent')}>
      <p className="pa-small">{t('resetLink.sentHelp')}</p>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
    </Screen>
  );
}
