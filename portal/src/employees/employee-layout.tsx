import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import type { Employee } from '@portal-auth/client/employees';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Brand, Footer, LanguageSwitch, Layout, SkipLink, VolatileNote } from '../ui/layout.tsx';
import { Screen } from '../ui/screen.tsx';
import { useEmployees } from './employees-context.tsx';
import { EmployeeSessionEnd } from './session-end.tsx';
import { useOtherTabs } from './use-other-tabs.ts';
import { useSignOut } from './use-sign-out.ts';

/**
 * The layout of pages for employees who are signed in. Those of the help desk are for its group
 * only; the backend decides it again with every request.
 */
export function EmployeeLayout() {
  const { session } = useEmployees();
  const { pathname } = useLocation();
  useOtherTabs();
  const employee = session.employee();
  if (employee === undefined) return <SignInFirst to={pathname} />;
  if (!employee.isHelpDesk && pathname.startsWith('/help-desk'))
    return <Navigate to="/employees" replace />;
  return (
    <div className="pa-page">
      <SkipLink />
      <header className="pa-header pa-header--in">
        <div className="pa-header__inner">
          <Brand to="/employees" />
          <Navigation isHelpDesk={employee.isHelpDesk} />
          <LanguageSwitch />
        </div>
      </header>
      <VolatileNote />
      <main id="main" tabIndex={-1} className="pa-main">
        <EmployeeSessionEnd signedInAt={employee.signedInAt} />
        <Outlet context={employee satisfies Employee} />
      </main>
      <Footer />
    </div>
  );
}

/** A link from a colleague leads on to its page after the sign-in. */
function SignInFirst({ to }: { to: string }) {
  const { t } = useTranslation();
  return (
    <Layout>
      <Screen title={t('employees.firstTitle')} lead={t('employees.firstLead')}>
        <Actions>
          <ButtonLink to="/employees/sign-in" state={{ to }}>
            {t('actions.signIn')}
          </ButtonLink>
          <ButtonLink to="/" kind="outline">
            {t('actions.toLogin')}
          </ButtonLink>
        </Actions>
      </Screen>
    </Layout>
  );
}

function Navigation({ isHelpDesk }: Pick<Employee, 'isHelpDesk'>) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <nav className="pa-nav" aria-label={t('nav.label')}>
      <NavLink to="/employees" end>
        {t('nav.home')}
      </NavLink>
      {isHelpDesk ? (
        <>
          <NavLink to="/help-desk" end>
            {t('employees.navPeople')}
          </NavLink>
          <NavLink to="/help-desk/providers">{t('employees.navProviders')}</NavLink>
          <NavLink to="/help-desk/approvals">{t('employees.navApprovals')}</NavLink>
        </>
      ) : null}
      <ActionButton kind="plain" onClick={() => void signOut()}>
        {t('nav.signOut')}
      </ActionButton>
    </nav>
  );
}
