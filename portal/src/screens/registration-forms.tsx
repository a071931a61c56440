import * as z from 'zod';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import type { Channel } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { ChannelChoice } from '../ui/channel-choice.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFormOf } from '../ui/use-form-of.ts';
import type { RegistrationStepProps } from './registration-steps.tsx';

type FormProps = Pick<RegistrationStepProps, 'registration' | 'busy' | 'refusal' | 'step'>;

export function ChooseMethod({ busy, refusal, step }: FormProps) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const choose = (method: LoginMethod): void => void step(() => client.registration.chooseMethod(method));
  return (
    <Screen title={t('registration.method.title')} lead={t('registration.method.lead')}>
      <Notice refusal={refusal} />
      <p className="pa-small">{t('registration.method.note')}</p>
      <div className="pa-methods">
        <div><ActionButton busy={busy} onClick={() => choose('PHONE')}>{t('registration.method.phone')}</ActionButton><p className="pa-small">{t('registration.method.phoneText')}</p></div>
        <div><ActionButton busy={busy} onClick={() => choose('EMAIL')}>{t('registration.method.email')}</ActionButton><p className="pa-small">{t('registration.method.emailText')}</p></div>
      </div>
    </Screen>
  );
}

const EmailForm = z.object({ email: EmailAddress });

export function EnterEmail({ busy, refusal, step, children }: FormProps & { children: ReactNode }) {
  const { t } = useTranslation();
  const { client: { registration } } = usePortal();
  const form = useFormOf(EmailForm, { email: registration.email ?? '' });
  const send = form.handleSubmit(({ email }) => void step(() => registration.enterEmail(email)));
  return (
    <Screen title={t('registration.email.title')} lead={t('registration.email.lead')}>
      <Notice refusal={refusal} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field field={form.register('email')} label={t('fields.workEmail')} type="email" inputMode="email" autoComplete="email" fault={form.formState.errors.email && t('faults.email')} />
        <Actions><ActionButton type="submit" busy={busy}>{t('actions.sendVerificationCode')}</ActionButton></Actions>
      </form>
      <p className="pa-small pa-others">{children}</p>
    </Screen>
  );
}

/** The backend knows every rule for numbers and says which one was broken. */
const PhoneForm = z.object({ phone: z.string().trim().min(7).max(40) });
const COUNTRIES = [{ prefix: '+1', name: 'registration.phone.usOnly' }] as const;

export function EnterPhone({ busy, refusal, step }: FormProps) {
  const { t } = useTranslation();
  const { client: { registration } } = usePortal();
  const form = useFormOf(PhoneForm, { phone: '' });
  const send = (channel: Channel) => form.handleSubmit(({ phone }) => void step(() => registration.enterPhone(international(phone), channel)))();
  return (
    <Screen title={t('registration.phone.title')} lead={t('registration.phone.lead')}>
      <Notice refusal={refusal} />
      <form noValidate onSubmit={(event) => {
        event.preventDefault();
        void send('SMS');
      }}>
        <label className="usa-label" htmlFor="country">{t('fields.country')}</label>
        <select id="country" className="usa-select" defaultValue="+1">{COUNTRIES.map(({ prefix, name }) => <option key={prefix} value={prefix}>{t(name)}</option>)}</select>
        <Field field={form.register('phone')} label={t('fields.phone')} hint={t('hints.phone')} type="tel" inputMode="tel" autoComplete="tel-national" fault={form.formState.errors.phone && t('faults.phone')} />
        <ChannelChoice channels={['SMS', 'CALL']} busy={busy} onChoose={(channel) => void send(channel)} />
      </form>
    </Screen>
  );
}

/** What was typed, with the country's prefix unless it has one. */
function international(phone: string): string {
  return phone.startsWith('+') ? phone : `+1 ${phone}`;
}
