import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PortalRole } from '../../../contract/accounts.ts';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { useEmployees } from './employees-context.tsx';
import type { Issued } from './issued.ts';
import { Reason, ReasonField } from './reason-field.tsx';
import { SelectField } from './select-field.tsx';

/** The most codes that one request issues. */
const MOST = 50;

const BEGUN = { count: '1', role: 'STANDARD', providerName: '', reason: '' } as const;

const formOf = (isNew: boolean) =>
  z.object({
    count: z.coerce.number<string>().int().min(1).max(MOST),
    role: PortalRole,
    providerName: z
      .string()
      .trim()
      .min(isNew ? 1 : 0)
      .max(120),
    reason: Reason,
  });

export interface IssueCodesProps {
  npi: string;
  knownName: string | undefined;
  onIssued: (issued: Issued) => void;
}

/** Issues registration codes. A provider that is new needs its name. */
export function IssueCodes({ npi, knownName, onIssued }: IssueCodesProps) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const action = useAction();
  const [schema] = useState(() => formOf(knownName === undefined));
  const form = useFormOf(schema, BEGUN);
  const faults = useFaults(form, action.refusal, {
    count: t('desk.faults.count'),
    providerName: t('desk.faults.providerName'),
    reason: t('desk.faults.reason'),
  });
  const issue = form.handleSubmit(async ({ count, role, providerName, reason }) => {
    const named = providerName === '' ? {} : { providerName };
    const issued = await action.run(() =>
      helpDesk.issueCodes(npi, { count, role, reason, ...named }),
    );
    if (issued === undefined) return;
    form.reset(BEGUN);
    onIssued({ ...issued, providerName: providerName || (knownName ?? '') });
  });
  return (
    <form noValidate className="pa-correct" onSubmit={(event) => void issue(event)}>
      <h2>{t('desk.issueTitle')}</h2>
      <Notice faults={faults} />
      <Field
        field={form.register('count')}
        label={t('desk.count')}
        hint={t('desk.countHint')}
        inputMode="numeric"
        maxLength={2}
        autoComplete="off"
        fault={faults.of('count')}
      />
      <SelectField
        field={form.register('role')}
        label={t('desk.roleOfCodes')}
        options={PortalRole.options.map((value) => ({ value, text: t(`roles.${value}`) }))}
      />
      <Field
        field={form.register('providerName')}
        label={t(knownName === undefined ? 'desk.providerName' : 'desk.otherName')}
        maxLength={120}
        autoComplete="off"
        fault={faults.of('providerName')}
      />
      <ReasonField field={form.register('reason')} fault={faults.of('reason')} />
      <Actions>
        <ActionButton type="submit" busy={action.busy}>
          {t('desk.issue')}
        </ActionButton>
      </Actions>
    </form>
  );
}
