import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import type { Employee } from '@portal-auth/client/employees';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Message } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { useEmployees } from './employees-context.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The first page of an employee: what the help desk can do, or whom to ask for access to it. */
export function Component() {
  const { t } = useTranslation();
  const { name, email, isHelpDesk } = useOutletContext<Employee>();
  return (
    <Screen
      title={t('home.title', { name })}
      lead={email === undefined ? undefined : t('employees.signedInAs', { email })}
      wide
    >
      {isHelpDesk ? <HelpDesk /> : <NoHelpDesk />}
    </Screen>
  );
}

function HelpDesk() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  const cards = [
    { to: '/help-desk', title: t('desk.findTitle'), text: t('employees.findText') },
    { to: '/help-desk/providers', title: t('desk.providersTitle'), text: t('employees.codesText') },
    {
      to: '/help-desk/approvals',
      title: t('desk.approvalsTitle'),
      text: t('employees.approvalsText'),
      count: waiting === 0 ? undefined : t('employees.approvalsWaiting', { count: waiting }),
    },
  ];
  return (
    <>
      <p>{t('employees.recorded')}</p>
      <div className="pa-cards">
        {cards.map(({ to, title, text, count }) => (
          <Link key={to} to={to} className="pa-card">
            <strong>{title}</strong>
            <span>{text}</span>
            {count === undefined ? null : <span className="pa-card__count">{count}</span>}
          </Link>
        ))}
      </div>
    </>
  );
}

/** How many approvals wait for a second employee. What cannot be counted is not shown. */
function useWaiting(): number {
  const { helpDesk } = useEmployees();
  const { value } = useLoaded(() => helpDesk.approvals(), []);
  return value?.approvals.length ?? 0;
}

/**
 * The group is read at the provider: a session that goes on at the user pool has the former ones.
 */
function NoHelpDesk() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <>
      <Message type="info">{t('employees.notInGroup')}</Message>
      <p>{t('employees.askWhom')}</p>
      <Actions>
        <ActionButton kind="outline" onClick={() => void signOut()}>
          {t('nav.signOut')}
        </ActionButton>
      </Actions>
      <Support />
    </>
  );
}
