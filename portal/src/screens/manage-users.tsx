import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext, useSearchParams } from 'react-router';
import type { ManagedUser, Me } from '../../../contract/portal.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLoaded } from '../ui/use-loaded.ts';

/** Setup → Manage Users: the users of the admin's own provider, 25 per page. */
export function Component() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const first = useLoaded(() => client.signedIn.users(search), [search]);
  return (
    <Screen title={t('users.title')} lead={t('users.lead')} wide>
      <form
        role="search"
        className="pa-search"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('search');
          setParameters({ search: typeof typed === 'string' ? typed.trim() : '' });
        }}
      >
        <label className="usa-label" htmlFor="user-search">
          {t('users.search')}
        </label>
        <div>
          <input
            id="user-search"
            name="search"
            type="search"
            className="usa-input"
            maxLength={64}
            defaultValue={search}
            autoComplete="off"
          />
          <ActionButton type="submit">{t('actions.search')}</ActionButton>
        </div>
      </form>
      <Notice refusal={first.refusal} />
      {first.refusal === undefined ? null : (
        <Actions>
          {first.refusal.code === 'PASSKEY_REQUIRED' ? (
            <ButtonLink to="/account/passkeys">{t('passkeys.make')}</ButtonLink>
          ) : (
            <ActionButton onClick={first.reload}>{t('actions.tryAgain')}</ActionButton>
          )}
        </Actions>
      )}
      {first.value === undefined ? null : (
        <UserList
          key={`${search}/${first.value.cursor ?? ''}`}
          search={search}
          first={first.value}
        />
      )}
    </Screen>
  );
}

function UserList({
  search,
  first,
}: {
  search: string;
  first: { users: ManagedUser[]; cursor?: string | undefined };
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const [more, setMore] = useState<{ users: ManagedUser[]; cursor?: string | undefined }>({
    users: [],
    cursor: first.cursor,
  });
  const users = [...first.users, ...more.users];
  const loadMore = async (cursor: string): Promise<void> => {
    const page = await action.run(() => client.signedIn.users(search, cursor));
    if (page !== undefined) setMore({ users: [...more.users, ...page.users], cursor: page.cursor });
  };
  const { cursor } = more;
  return (
    <>
      <p role="status" className="pa-small">
        {users.length === 0 ? t('users.none') : t('users.found', { count: users.length })}
        {cursor === undefined ? '' : `, ${t('users.more')}`}
      </p>
      <ul className="pa-users">
        {users.map((user) => (
          <User key={user.username} user={user} />
        ))}
      </ul>
      <LoadMore action={action} cursor={cursor} load={loadMore} />
    </>
  );
}

function User({ user }: { user: ManagedUser }) {
  const { t } = useTranslation();
  const me = useOutletContext<Me>();
  const name = `${user.firstName} ${user.lastName}`;
  return (
    <li>
      <details className="pa-user">
        <summary>
          <span className="pa-user__name">{name}</span>{' '}
          <span className="pa-user__username">
            {user.username}
            {user.username === me.username ? ` (${t('users.you')})` : ''}
          </span>{' '}
          <StatusTag status={user.status} />
        </summary>
        <div className="pa-user__body">
          <UserFacts user={user} />
          <Link
            to={`/setup/users/${encodeURIComponent(user.username)}`}
            className="usa-button usa-button--outline pa-button pa-edit"
            aria-label={t('users.edit', { name })}
          >
            <span aria-hidden="true">✎</span>
          </Link>
        </div>
      </details>
    </li>
  );
}

export function StatusTag({ status }: Pick<ManagedUser, 'status'>) {
  const { t } = useTranslation();
  return (
    <span className={`pa-status pa-status--${status.toLowerCase()}`}>
      {t(`statuses.${status}`)}
    </span>
  );
}

export function UserFacts({ user }: { user: ManagedUser }) {
  const { t } = useTranslation();
  const rows: Fact[] = [
    [t('users.email'), user.maskedEmail ?? t('users.nothing')],
    [t('users.phone'), user.maskedPhone ?? t('users.nothing')],
    [
      t('users.method'),
      user.method === undefined ? t('users.nothing') : t(`methods.${user.method}`),
    ],
    [t('users.role'), t(`roles.${user.role}`)],
    [
      t('users.lastSignIn'),
      user.lastSignInAt === undefined ? t('users.never') : dateAndTime(user.lastSignInAt),
    ],
  ];
  return <Facts rows={rows} />;
}
