import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UserEvents } from '../screens/user-events.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { useEmployees } from './employees-context.tsx';

/** The whole trail, on request: reading it is one more look at the person. */
export function PersonEvents({ username, changes }: { username: string; changes: number }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const [wanted, setWanted] = useState(false);
  if (wanted)
    return <UserEvents load={(cursor) => helpDesk.events(username, cursor)} changes={changes} />;
  return (
    <>
      <h2>{t('users.events')}</h2>
      <p>{t('desk.eventsText')}</p>
      <Actions>
        <ActionButton kind="outline" onClick={() => setWanted(true)}>
          {t('desk.showEvents')}
        </ActionButton>
      </Actions>
    </>
  );
}
