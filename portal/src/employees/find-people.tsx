import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { EmailAddress, Npi } from '../../../contract/accounts.ts';
import { ActionButton } from '../ui/buttons.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { FoundPeople } from './found-people.tsx';
import { SelectField } from './select-field.tsx';
import { KINDS, soughtBy, type Search } from './sought.ts';

const SearchForm = z
  .object({ kind: z.enum(KINDS), value: z.string().trim().min(1).max(254) })
  .refine(({ kind, value }) => kind !== 'email' || EmailAddress.safeParse(value).success, {
    path: ['value'],
  })
  .refine(({ kind, value }) => kind !== 'npi' || Npi.safeParse(value).success, {
    path: ['value'],
  });

/**
 * Finds people of every provider by what a caller says. The search stays in the history entry: what
 * it contains belongs in no address.
 */
export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state, key } = useLocation() as { state: Search | null; key: string };
  const form = useFormOf<Search, Search>(SearchForm, state ?? { kind: 'username', value: '' });
  const kind = form.watch('kind');
  const faults = useFaults(form, undefined, { value: t(`desk.faults.${kind}`) });
  const seek = form.handleSubmit(({ kind, value }) => {
    const search: Search = { kind, value };
    void navigate('.', { state: search });
  });
  return (
    <Screen title={t('desk.findTitle')} lead={t('desk.findLead')} wide>
      <Notice faults={faults} />
      <form noValidate role="search" className="pa-seek" onSubmit={(event) => void seek(event)}>
        <SelectField
          field={form.register('kind')}
          label={t('desk.seekBy')}
          options={KINDS.map((value) => ({ value, text: t(`desk.by.${value}`) }))}
        />
        <Field
          field={form.register('value')}
          label={t(`desk.by.${kind}`)}
          fault={faults.of('value')}
          maxLength={254}
          autoComplete="off"
        />
        <ActionButton type="submit">{t('actions.search')}</ActionButton>
      </form>
      {state === null ? null : <FoundPeople key={key} sought={soughtBy(state)} />}
    </Screen>
  );
}
