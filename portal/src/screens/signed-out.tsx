import { useTranslation } from 'react-i18next';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { Screen } from '../ui/screen.tsx';

export function Component() {
  const { t } = useTranslation();
  return (
    <Screen title={t('signedOut.title')} lead={t('signedOut.lead')}>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
    </Screen>
  );
}
