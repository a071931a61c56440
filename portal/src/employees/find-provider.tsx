import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Npi } from '../../../contract/accounts.ts';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const NpiForm = z.object({ npi: Npi });

/** Opens a provider by its NPI, which is public. */
export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useFormOf(NpiForm, { npi: '' });
  const faults = useFaults(form, undefined, { npi: t('desk.faults.npi') });
  const open = form.handleSubmit(({ npi }) => void navigate(`/help-desk/providers/${npi}`));
  return (
    <Screen title={t('desk.providersTitle')} lead={t('desk.providersLead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void open(event)}>
        <Field
          field={form.register('npi')}
          label={t('fields.npi')}
          hint={t('hints.npi')}
          inputMode="numeric"
          maxLength={14}
          autoComplete="off"
          fault={faults.of('npi')}
        />
        <Actions>
          <ActionButton type="submit">{t('actions.search')}</ActionButton>
        </Actions>
      </form>
    </Screen>
  );
}
