import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { TermsText } from './terms-text.tsx';

/** Shows the terms in force. */
export function Component() {
  const { t, i18n } = useTranslation();
  const { client } = usePortal();
  const terms = useLoaded(() => client.currentTerms(), [i18n.language]);
  return (
    <Screen title={t('terms.title')} wide>
      <Notice refusal={terms.refusal} />
      <p>{t('terms.mfa')}</p>
      {terms.refusal === undefined ? <TermsText terms={terms.value} /> : null}
      <Actions>
        {terms.refusal === undefined ? null : (
          <ActionButton onClick={terms.reload}>{t('actions.tryAgain')}</ActionButton>
        )}
        <ButtonLink to={client.session.isSignedIn() ? '/home' : '/'} kind="outline">
          {t('actions.back')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
