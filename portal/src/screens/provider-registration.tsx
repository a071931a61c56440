import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink, ActionButton, Actions } from '../ui/buttons.tsx';
import { Npi } from '../../../contract/accounts.ts';
import { AccountDetails } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { Cancel } from '../ui/cancel.tsx';
import { EmailField, Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { type Faults, useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { RegistrationComplete } from './registration-complete.tsx';

/** Registers a new provider: NPI and code, account details, then the mailed link. */
export function Component() {
  const {
    client: { providerRegistration },
  } = usePortal();
  const [, setChanged] = useState(0);
  const changed = (): void => setChanged((count) => count + 1);
  const { started, created } = providerRegistration.standing;
  if (created !== undefined) return <RegistrationComplete created={created} onChanged={changed} />;
  if (started !== undefined) return <Details provider={started.provider} onChanged={changed} />;
  return <NpiAndCode onChanged={changed} />;
}

const NpiForm = z.object({ npi: Npi, registrationCode: z.string().trim().min(1).max(64) });

function NpiAndCode({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const form = useFormOf(NpiForm, { npi: '', registrationCode: '' });
  const faults = useFaults(form, action.refusal, {
    npi: t('faults.npi'),
    registrationCode: t('faults.registrationCode'),
  });
  const send = form.handleSubmit(async ({ npi, registrationCode }) => {
    if (
      (await action.run(() => client.providerRegistration.start(npi, registrationCode))) !==
      undefined
    )
      onChanged();
  });
  return (
    <Screen title={t('signUp.title')} lead={t('signUp.lead')}>
      <RegistrationError faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('npi')}
          label={t('fields.npi')}
          hint={t('hints.npi')}
          inputMode="numeric"
          maxLength={14}
          fault={faults.of('npi')}
        />
        <Field
          field={form.register('registrationCode')}
          label={t('fields.registrationCode')}
          hint={t('hints.registrationCode')}
          maxLength={64}
          fault={faults.of('registrationCode')}
        />
        <Actions>
          <ActionButton type="submit" busy={action.busy}>
            {t('actions.next')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.cancel')}
          </ButtonLink>
        </Actions>
      </form>
    </Screen>
  );
}

type Typed = z.input<typeof AccountDetails>;

function Details({
  provider,
  onChanged,
}: {
  provider: { npi: string; name: string };
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const form = useFormOf(AccountDetails, {
    username: '',
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
  });
  const faults = useFaults(form, action.refusal, {
    username: t('faults.username'),
    firstName: t('faults.firstName'),
    lastName: t('faults.lastName'),
    email: t('faults.email'),
    phone: t('faults.phone'),
  });
  const send = form.handleSubmit(async (details) => {
    await action.run(() => client.providerRegistration.createAccount(details));
    // A refusal may have ended the flow, because the code was used meanwhile or time ran out.
    const { started, created } = client.providerRegistration.standing;
    if (started === undefined || created !== undefined) onChanged();
  });
  const startOver = (): void => {
    client.providerRegistration.close();
    onChanged();
  };
  return (
    <Screen title={t('signUp.detailsTitle')} lead={t('signUp.detailsLead')}>
      <p className="pa-tag">
        {provider.name} · NPI {provider.npi}
      </p>
      <RegistrationError faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <DetailFields form={form} faults={faults} />
        <Actions>
          <ActionButton type="submit" busy={action.busy}>
            {t('actions.next')}
          </ActionButton>
          <ActionButton kind="outline" onClick={startOver}>
            {t('actions.back')}
          </ActionButton>
        </Actions>
      </form>
      <Cancel onCancel={() => client.providerRegistration.close()} />
    </Screen>
  );
}

function DetailFields({
  form,
  faults,
}: {
  form: ReturnType<typeof useFormOf<Typed, AccountDetails>>;
  faults: Faults;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        field={form.register('username')}
        label={t('fields.username')}
        hint={t('hints.username')}
        autoComplete="username"
        maxLength={32}
        fault={faults.of('username')}
      />
      <fieldset className="usa-fieldset pa-fieldset">
        <legend className="usa-legend">{t('signUp.contact')}</legend>
        <Field
          field={form.register('firstName')}
          label={t('fields.firstName')}
          autoComplete="given-name"
          maxLength={64}
          fault={faults.of('firstName')}
        />
        <Field
          field={form.register('lastName')}
          label={t('fields.lastName')}
          autoComplete="family-name"
          maxLength={64}
          fault={faults.of('lastName')}
        />
        <EmailField
          field={form.register('email')}
          label={t('fields.workEmail')}
          hint={t('hints.contactEmail')}
          autoComplete="email"
          fault={faults.of('email')}
        />
        <Field
          field={form.register('phone')}
          label={t('fields.phone')}
          hint={t('hints.phone')}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={32}
          fault={faults.of('phone')}
        />
      </fieldset>
    </>
  );
}

/** Offers Reset to people who may have registered before. */
function RegistrationError({ faults }: { faults: Faults }) {
  const { t } = useTranslation();
  const code = faults.refusal?.code;
  const registeredBefore = code === 'USERNAME_TAKEN' || code === 'REGISTRATION_CODE_INVALID';
  return (
    <Notice faults={faults}>
      {registeredBefore ? (
        <div className="pa-reset">
          <p>{t('signUp.errorLead')}</p>
          <ButtonLink to="/registration-error" kind="outline">
            {t('actions.reset')}
          </ButtonLink>
        </div>
      ) : null}
    </Notice>
  );
}
