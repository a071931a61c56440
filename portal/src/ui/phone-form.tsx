import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../contract/flows.ts';
import type { Refusal } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { ChannelChoice } from './channel-choice.tsx';
import { Field } from './field.tsx';
import { Notice } from './notice.tsx';
import { useFaults } from './use-faults.ts';
import { useFormOf } from './use-form-of.ts';

/** The backend checks every rule for numbers and reports which one was broken. */
const Typed = z.object({ callingCode: z.string(), phone: z.string().trim().min(7).max(40) });

/** Asks for a number, and whether it is verified by a text message or a call. */
export function PhoneForm({
  busy,
  refusal,
  typed = '',
  onNumber,
}: {
  busy: boolean;
  refusal: Refusal | undefined;
  /** In the international form, to be changed. */
  typed?: string | undefined;
  /** @param phoneNumber in the international form */
  onNumber: (phoneNumber: string, channel: Channel) => void;
}) {
  const { t, i18n } = useTranslation();
  const {
    config: { channels, countries },
  } = usePortal();
  const form = useFormOf(Typed, { callingCode: countries[0]?.callingCode ?? '', phone: typed });
  const faults = useFaults(form, refusal, { phone: t('faults.phone') });
  const send = (channel: Channel) =>
    form.handleSubmit((typed) => onNumber(international(typed), channel))();
  const names = new Intl.DisplayNames([i18n.language], { type: 'region' });
  return (
    <>
      <Notice faults={faults} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send('SMS');
        }}
      >
        <label className="usa-label" htmlFor="country">
          {t('fields.country')}
        </label>
        <select
          id="country"
          className="usa-select"
          autoComplete="tel-country-code"
          {...form.register('callingCode')}
        >
          {countries.map(({ country, callingCode }) => (
            <option
              key={country}
              value={callingCode}
            >{`${names.of(country) ?? country} (+${callingCode})`}</option>
          ))}
        </select>
        <Field
          field={form.register('phone')}
          label={t('fields.phone')}
          hint={t('hints.phone')}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          fault={faults.of('phone')}
        />
        <ChannelChoice channels={channels} busy={busy} onChoose={(channel) => void send(channel)} />
      </form>
    </>
  );
}

/** The typed number, with the country's calling code unless it has one. */
function international({ callingCode, phone }: z.infer<typeof Typed>): string {
  return phone.startsWith('+') ? phone : `+${callingCode} ${phone}`;
}
