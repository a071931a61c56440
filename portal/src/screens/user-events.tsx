import { useTranslation } from 'react-i18next';
import type { Result, UserEventPage } from '@portal-auth/client';
import { EventTable } from '../ui/event-table.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

/** Loads the first page of a trail, or the one that a cursor leads to. */
export type LoadEvents = (cursor?: string) => Promise<Result<UserEventPage>>;

/** The audit trail of one user. */
export function UserEvents({ load, changes }: { load: LoadEvents; changes: number }) {
  const { t } = useTranslation();
  const first = useLoaded(() => load(), [changes]);
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
          more={load}
        />
      )}
    </>
  );
}
