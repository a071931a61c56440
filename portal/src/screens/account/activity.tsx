import '../../i18n/account-texts.ts';
import { useTranslation } from 'react-i18next';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { EventTable } from '../../ui/event-table.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { BackToAccount } from './back-to-account.tsx';

/** The person's own audit trail. */
export function Component() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const first = useLoaded(() => client.signedIn.events(), []);
  return (
    <Screen title={t('account.activity.title')} lead={t('account.activity.lead')} wide>
      <BackToAccount />
      <Notice refusal={first.refusal} />
      {first.refusal === undefined ? null : (
        <Actions>
          <ActionButton onClick={first.reload}>{t('actions.tryAgain')}</ActionButton>
        </Actions>
      )}
      {first.value === undefined ? null : (
        <EventTable
          label={t('account.activity.title')}
          first={first.value}
          more={(cursor) => client.signedIn.events(cursor)}
          self={t('account.activity.you')}
        />
      )}
    </Screen>
  );
}
