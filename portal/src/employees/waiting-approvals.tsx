import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { timeOfDay } from '../ui/dates.ts';
import { Message } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { useEmployees } from './employees-context.tsx';

/** What waits for a second employee concerning one person. */
export function WaitingApprovals({ username, changes }: { username: string; changes: number }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const { value } = useLoaded(() => helpDesk.approvals(), [changes]);
  const waiting = value?.approvals.filter((approval) => approval.username === username) ?? [];
  return waiting.map(({ approvalId, act, requestedBy, expiresAt }) => (
    <Message key={approvalId} type="warning">
      {t('desk.waiting', {
        act: t(`desk.acts.${act}`),
        name: requestedBy,
        time: timeOfDay(expiresAt),
      })}{' '}
      <Link to="/help-desk/approvals">{t('employees.navApprovals')}</Link>
    </Message>
  ));
}
