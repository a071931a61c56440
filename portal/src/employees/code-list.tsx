import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderView } from '@portal-auth/client/employees';
import { ActionButton } from '../ui/buttons.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { useEmployees } from './employees-context.tsx';
import { Reason, ReasonField } from './reason-field.tsx';

type Code = ProviderView['registrationCodes'][number];

/** The codes of a provider by what names them: the codes themselves are kept nowhere. */
export function CodeList({
  npi,
  codes,
  onChanged,
}: {
  npi: string;
  codes: readonly Code[];
  onChanged: (done: string) => void;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Code>();
  if (codes.length === 0) return <p className="pa-empty">{t('desk.noCodes')}</p>;
  return (
    <>
      <h2>{t('desk.codes')}</h2>
      <div className="pa-table" role="region" aria-label={t('desk.codes')} tabIndex={0}>
        <table className="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">{t('desk.codeId')}</th>
              <th scope="col">{t('users.role')}</th>
              <th scope="col">{t('desk.codeStatus')}</th>
              <th scope="col">{t('desk.issued')}</th>
              <th scope="col">{t('desk.revoke')}</th>
            </tr>
          </thead>
          <tbody>
            {codes.map((code) => (
              <CodeRow key={code.codeId} code={code} onAsk={() => setAsked(code)} />
            ))}
          </tbody>
        </table>
      </div>
      {asked === undefined ? null : (
        <Revoke
          npi={npi}
          code={asked}
          onDone={(done) => {
            setAsked(undefined);
            onChanged(done);
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function CodeRow({ code, onAsk }: { code: Code; onAsk: () => void }) {
  const { t } = useTranslation();
  const { codeId, role, status, issuedAt, issuedBy } = code;
  return (
    <tr>
      <th scope="row">{codeId}</th>
      <td>{t(`roles.${role}`)}</td>
      <td>{t(`desk.codeStatuses.${status}`)}</td>
      <td>
        {dateAndTime(issuedAt)}
        <span className="pa-reason-given">
          {issuedBy === 'OPERATOR' ? t('actors.OPERATOR') : issuedBy}
        </span>
      </td>
      <td>
        {status === 'OPEN' ? (
          <ActionButton kind="plain" label={t('desk.revokeLabel', { codeId })} onClick={onAsk}>
            {t('desk.revoke')}
          </ActionButton>
        ) : null}
      </td>
    </tr>
  );
}

/** Its field has a name of its own, because the page has another form with a reason. */
const RevokeForm = z.object({ revokeReason: Reason });

function Revoke({
  npi,
  code: { codeId },
  onDone,
  onCancel,
}: {
  npi: string;
  code: Code;
  onDone: (done: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const action = useAction();
  const form = useFormOf(RevokeForm, { revokeReason: '' });
  const faults = useFaults(form, action.refusal, { revokeReason: t('desk.faults.reason') });
  const revoke = form.handleSubmit(async ({ revokeReason: reason }) => {
    const revoked = await action.run(() => helpDesk.revokeCode(npi, codeId, reason));
    if (revoked !== undefined) onDone(t('desk.revoked', { codeId }));
  });
  return (
    <Confirmation
      question={t('desk.revokeQuestion', { codeId })}
      action={t('desk.revoke')}
      busy={action.busy}
      faults={faults}
      onConfirm={() => void revoke()}
      onCancel={onCancel}
    >
      <p>{t('desk.revokeText')}</p>
      <ReasonField field={form.register('revokeReason')} fault={faults.of('revokeReason')} />
    </Confirmation>
  );
}
