import * as z from 'zod';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { wordedFor } from '../ui/channel-choice.tsx';
import { EmailField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { PhoneForm } from '../ui/phone-form.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import type { RegistrationStepProps } from './registration-step-props.ts';

type FormProps = Pick<RegistrationStepProps, 'registration' | 'busy' | 'refusal' | 'step'>;

export function ChooseMethod({ busy, refusal, step }: FormProps) {
  const { t } = useTranslation();
  const { client, config } = usePortal();
  const choose = (method: LoginMethod): void =>
    void step(() => client.registration.chooseMethod(method));
  return (
    <Screen title={t('registration.method.title')} lead={t('registration.method.lead')}>
      <Notice refusal={refusal} />
      <p className="pa-small">{t('registration.method.note')}</p>
      <div className="pa-methods">
        <div>
          <ActionButton busy={busy} onClick={() => choose('PHONE')}>
            {t('registration.method.phone')}
          </ActionButton>
          <p className="pa-small">
            {t('registration.method.phoneText', { context: wordedFor(config.channels) })}
          </p>
        </div>
        <div>
          <ActionButton busy={busy} onClick={() => choose('EMAIL')}>
            {t('registration.method.email')}
          </ActionButton>
          <p className="pa-small">{t('registration.method.emailText')}</p>
        </div>
      </div>
    </Screen>
  );
}

const EmailForm = z.object({ email: EmailAddress });

/**
 * Asks for the work e-mail address. An incomplete registration that a password opened takes only
 * the address that it verified, which the page knows masked.
 */
export function EnterEmail({
  registration: { step: now, maskedEmail },
  busy,
  refusal,
  step,
  children,
}: FormProps & { children?: ReactNode }) {
  const { t } = useTranslation();
  const known = now === 'VERIFY_EMAIL' ? maskedEmail : undefined;
  const {
    client: { registration },
  } = usePortal();
  const form = useFormOf(EmailForm, { email: registration.email ?? '' });
  const faults = useFaults(form, refusal, { email: t('faults.email') });
  const send = form.handleSubmit(({ email }) => void step(() => registration.enterEmail(email)));
  return (
    <Screen
      title={t('registration.email.title')}
      lead={t(known === undefined ? 'registration.email.lead' : 'registration.email.leadAgain')}
    >
      <Notice faults={faults} />
      {known === undefined ? null : <p className="pa-destination pa-destination--big">{known}</p>}
      <form noValidate onSubmit={(event) => void send(event)}>
        <EmailField
          field={form.register('email')}
          label={t('fields.workEmail')}
          autoComplete="email"
          fault={faults.of('email')}
        />
        <Actions>
          <ActionButton type="submit" busy={busy}>
            {t('actions.sendVerificationCode')}
          </ActionButton>
        </Actions>
      </form>
      {children === undefined ? null : <p className="pa-small pa-others">{children}</p>}
    </Screen>
  );
}

export function EnterPhone({ busy, refusal, step }: FormProps) {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  return (
    <Screen title={t('registration.phone.title')} lead={t('registration.phone.lead')}>
      <PhoneForm
        busy={busy}
        refusal={refusal}
        typed={registration.phone.typed}
        onNumber={(number, channel) => void step(() => registration.phone.enter(number, channel))}
      />
    </Screen>
  );
}
