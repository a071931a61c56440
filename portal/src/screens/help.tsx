import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { Support } from '../ui/support.tsx';
import { Screen } from '../ui/screen.tsx';

/** Login help, in the sections of the guide. */
export function Component() {
  const { t } = useTranslation();
  const { config, client } = usePortal();
  return (
    <Screen title={t('help.title')} wide>
      <div className="pa-sections">
        <Section title={t('help.whatIsMfa')}>
          <p>{t('help.whatIsMfaText')}</p>
          <h3>{t('help.howItWorks')}</h3>
          <p>{t('help.howItWorksText')}</p>
        </Section>
        {config.workforceLoginUrl === undefined ? null : (
          <Section title={t('help.employees')}>
            <p>{t('help.employeesText')}</p>
          </Section>
        )}
        <Section title={t('help.users')}>
          <UsersHelp />
        </Section>
        <Section title={t('help.mfa')} open>
          <MfaHelp />
        </Section>
        <Section title={t('help.codes')}>
          <p>{t('help.codesText')}</p>
        </Section>
        {config.rememberDeviceHours === 0 ? null : (
          <Section title={t('help.remember')}>
            <p>{t('help.rememberText')}</p>
          </Section>
        )}
      </div>
      <Support />
      <Actions>
        <ButtonLink to={client.session.isSignedIn() ? '/home' : '/'} kind="outline">
          {t('actions.back')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

function Section({
  title,
  open = false,
  children,
}: {
  title: string;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className="pa-section" open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="pa-section__body">{children}</div>
    </details>
  );
}

function UsersHelp() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('help.usersText')}</p>
      <p>
        <Link to="/password-reset">{t('help.resetPassword')}</Link>
      </p>
      <p>
        {t('help.portalPassword')}{' '}
        <Link to="/registration-error">{t('help.portalPasswordLink')}</Link>
      </p>
    </>
  );
}

function MfaHelp() {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('help.registration')}</h3>
      <p>{t('help.registrationText')}</p>
      <p>
        <Link to="/first-login">{t('help.registrationLink')}</Link>
      </p>
      <h3>{t('help.incomplete')}</h3>
      <p>
        {t('help.incompleteText')}{' '}
        <Link to="/incomplete-registration">{t('help.incompleteLink')}</Link>{' '}
        {t('help.incompleteEnd')}
      </p>
      <h3>{t('help.error')}</h3>
      <p>
        {t('help.errorText')} <Link to="/registration-error">{t('help.errorLink')}</Link>
      </p>
    </>
  );
}
