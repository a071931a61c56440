import { useTranslation } from 'react-i18next';
import type { RegistrationIncompleteParameters } from '../../../contract/challenges.ts';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { Support } from '../ui/support.tsx';
import { Screen } from '../ui/screen.tsx';

export function RegistrationIncomplete({
  email,
  status,
}: {
  email: string;
  status: RegistrationIncompleteParameters['status'];
}) {
  const { t } = useTranslation();
  return (
    <Screen title={t('incomplete.title')} lead={t(`incomplete.${status}`)}>
      <p className="pa-destination">{email}</p>
      <Actions>
        {status === 'DISABLED' ? null : (
          <ButtonLink to="/incomplete-registration" state={{ email }}>
            {t('incomplete.sendLink')}
          </ButtonLink>
        )}
        {status === 'RESET' ? (
          <ButtonLink to="/first-login" kind="outline">
            {t('incomplete.portalLogin')}
          </ButtonLink>
        ) : null}
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}
