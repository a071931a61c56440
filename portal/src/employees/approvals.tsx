import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApprovalDecision, Approvals } from '@portal-auth/client/employees';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { timeOfDay } from '../ui/dates.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { Done } from './done.tsx';
import { useEmployees } from './employees-context.tsx';

type Approval = Approvals['approvals'][number];
interface Asked {
  approval: Approval;
  decision: ApprovalDecision;
}

/** What waits for a second employee, the oldest first. */
export function Component() {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const [changes, setChanges] = useState<{ count: number; done?: string | undefined }>({
    count: 0,
  });
  const [asked, setAsked] = useState<Asked>();
  const { value, refusal, reload } = useLoaded(() => helpDesk.approvals(), []);
  const over = (text?: string): void => {
    setAsked(undefined);
    setChanges(({ count }) => ({ count: count + 1, done: text }));
    reload();
  };
  return (
    <Screen title={t('desk.approvalsTitle')} lead={t('desk.approvalsLead')} wide>
      <Done text={changes.done} occasion={changes.count} />
      <Notice refusal={refusal} />
      {value === undefined && refusal === undefined ? <Skeleton /> : null}
      {value?.approvals.length === 0 ? <p className="pa-empty">{t('desk.noApprovals')}</p> : null}
      <ul className="pa-list">
        {value?.approvals.map((approval) => (
          <Waiting
            key={approval.approvalId}
            approval={approval}
            onAsk={(decision) => setAsked({ approval, decision })}
          />
        ))}
      </ul>
      <Actions>
        <ActionButton kind="outline" onClick={() => over()}>
          {t('desk.refresh')}
        </ActionButton>
      </Actions>
      {asked === undefined ? null : <Decide asked={asked} onDone={over} onCancel={() => over()} />}
    </Screen>
  );
}

function Waiting({
  approval,
  onAsk,
}: {
  approval: Approval;
  onAsk: (decision: ApprovalDecision) => void;
}) {
  const { t } = useTranslation();
  const { act, username, npi, reason, requestedBy, own, expiresAt } = approval;
  const rows: Fact[] = [
    [t('home.provider'), npi],
    [t('desk.requestedBy'), requestedBy],
    [t('desk.reason'), reason],
    [t('desk.waitsUntil'), timeOfDay(expiresAt)],
  ];
  return (
    <li className="pa-list__item">
      <div>
        <h2>
          {t(`desk.acts.${act}`)}:{' '}
          <Link to={`/help-desk/users/${encodeURIComponent(username)}`}>{username}</Link>
        </h2>
        <Facts rows={rows} />
      </div>
      {own ? (
        <p>{t('desk.own')}</p>
      ) : (
        <Actions>
          <ActionButton
            label={t('desk.approveLabel', { username })}
            onClick={() => onAsk('APPROVED')}
          >
            {t('desk.approve')}
          </ActionButton>
          <ActionButton
            kind="outline"
            label={t('desk.denyLabel', { username })}
            onClick={() => onAsk('DENIED')}
          >
            {t('desk.deny')}
          </ActionButton>
        </Actions>
      )}
    </li>
  );
}

function Decide({
  asked: { approval, decision },
  onDone,
  onCancel,
}: {
  asked: Asked;
  onDone: (done: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const action = useAction();
  const { approvalId, act, username, reason } = approval;
  const decide = async (): Promise<void> => {
    const decided = await action.run(() => helpDesk.decide(approvalId, decision));
    if (decided !== undefined) onDone(t(`desk.decided.${decision}`, { username }));
  };
  return (
    <Confirmation
      question={t(`desk.decide.${decision}`, { act: t(`desk.acts.${act}`), username })}
      action={t(decision === 'APPROVED' ? 'desk.approve' : 'desk.deny')}
      kind={decision === 'APPROVED' ? 'danger' : 'primary'}
      busy={action.busy}
      refusal={action.refusal}
      onConfirm={() => void decide()}
      onCancel={onCancel}
    >
      <p>{t('users.reasonGiven', { reason })}</p>
      <p>{t(`desk.decideText.${decision}`)}</p>
    </Confirmation>
  );
}
