import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Sought } from '@portal-auth/client/employees';
import type { Person, PersonPage } from '@portal-auth/client/employees';
import { StatusTag } from '../screens/manage-users.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { useEmployees } from './employees-context.tsx';

/** Whom a search found: the users of an NPI are paged, all else is an exact match. */
export function FoundPeople({ sought }: { sought: Sought }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const first = useLoaded(() => helpDesk.find(sought), []);
  if (first.refusal !== undefined)
    return (
      <>
        <Notice refusal={first.refusal} />
        <Actions>
          <ActionButton onClick={first.reload}>{t('actions.tryAgain')}</ActionButton>
        </Actions>
      </>
    );
  return first.value === undefined ? <Skeleton /> : <People sought={sought} first={first.value} />;
}

function People({ sought, first }: { sought: Sought; first: PersonPage }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const action = useAction();
  const [page, setPage] = useState<{ users: Person[]; cursor?: string | undefined }>(first);
  const { users, cursor } = page;
  const loadMore = async (after: string): Promise<void> => {
    const next = await action.run(() => helpDesk.find(sought, after));
    if (next !== undefined) setPage({ users: [...users, ...next.users], cursor: next.cursor });
  };
  return (
    <>
      <p role="status" className="pa-small">
        {users.length === 0 ? t('desk.nobody') : t('desk.found', { count: users.length })}
        {cursor === undefined ? '' : `, ${t('users.more')}`}
      </p>
      {users.length === 0 ? <p className="pa-empty">{t('desk.nobodyText')}</p> : null}
      <ul className="pa-users">
        {users.map((person) => (
          <li key={person.username}>
            <PersonLink person={person} />
          </li>
        ))}
      </ul>
      <LoadMore action={action} cursor={cursor} load={loadMore} />
    </>
  );
}

/** Opens the person's page, which need not look the person up again. */
function PersonLink({ person }: { person: Person }) {
  const { username, firstName, lastName, npi, maskedEmail, maskedPhone, status } = person;
  return (
    <Link
      to={`/help-desk/users/${encodeURIComponent(username)}`}
      state={{ person }}
      className="pa-found"
    >
      <strong>{`${firstName} ${lastName}`}</strong>
      <span className="pa-user__username">{username}</span>
      <span>{[npi, maskedEmail, maskedPhone].filter(Boolean).join(' · ')}</span>
      <StatusTag status={status} />
    </Link>
  );
}
