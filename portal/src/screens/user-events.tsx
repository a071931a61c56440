import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';
import { EventTable } from '../ui/event-table.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

/** The audit trail of one user. */
export function UserEvents({ username, changes }: { username: string; changes: number }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const first = useLoaded(() => client.signedIn.userEvents(username), [username, changes]);
  return (
    <>
      <h2>{t('users.events')}</h2>
      <p>{t('users.eventsLead')}</p>
      <Notice refusal={first.refusal} />
      {first.value === undefined ? null : (
        <EventTable
          key={`${changes}/${first.value.events[0]?.at ?? ''}`}
          label={t('users.events')}
          first={first.value}
          more={(cursor) => client.signedIn.userEvents(username, cursor)}
        />
      )}
    </>
  );
}
