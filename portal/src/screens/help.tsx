import { Accordion } from '@trussworks/react-uswds';
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
  const section = (id: string, title: string, content: React.ReactNode) => ({
    id,
    title,
    content,
    expanded: id === 'mfa',
    headingLevel: 'h2' as const,
  });
  return (
    <Screen title={t('help.title')} wide>
      <Accordion
        bordered
        multiselectable
        items={[
          section(
            'what-is-mfa',
            t('help.whatIsMfa'),
            <>
              <p>{t('help.whatIsMfaText')}</p>
              <h3>{t('help.howItWorks')}</h3>
              <p>{t('help.howItWorksText')}</p>
            </>,
          ),
          ...(config.workforceLoginUrl === undefined
            ? []
            : [section('employees', t('help.employees'), <p>{t('help.employeesText')}</p>)]),
          section(
            'users',
            t('help.users'),
            <>
              <p>{t('help.usersText')}</p>
              <p>
                <Link to="/password-reset">{t('help.resetPassword')}</Link>
              </p>
              <p>
                {t('help.portalPassword')}{' '}
                <Link to="/registration-error">{t('help.portalPasswordLink')}</Link>
              </p>
            </>,
          ),
          section('mfa', t('help.mfa'), <MfaHelp />),
          section('codes', t('help.codes'), <p>{t('help.codesText')}</p>),
          ...(config.rememberDeviceHours === 0
            ? []
            : [section('remember-me', t('help.remember'), <p>{t('help.rememberText')}</p>)]),
        ]}
      />
      <Support />
      <Actions>
        <ButtonLink to={client.session.isSignedIn() ? '/home' : '/'} kind="outline">
          {t('actions.back')}
        </ButtonLink>
      </Actions>
    </Screen>
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
