import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result, UserEventPage } from '@portal-auth/client';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { Notice } from '../ui/notice.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLoaded } from '../ui/use-loaded.ts';

type Event = UserEventPage['events'][number];

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
          load={load}
          first={first.value}
        />
      )}
    </>
  );
}

interface Trail {
  events: Event[];
  cursor?: string | undefined;
}

function EventTable({ load, first }: { load: LoadEvents; first: Trail }) {
  const { t } = useTranslation();
  const action = useAction();
  const [page, setPage] = useState<Trail>(first);
  const loadMore = async (cursor: string): Promise<void> => {
    const next = await action.run(() => load(cursor));
    if (next !== undefined)
      setPage({ events: [...page.events, ...next.events], cursor: next.cursor });
  };
  const { cursor } = page;
  if (page.events.length === 0) return <p className="pa-empty">{t('users.noEvents')}</p>;
  return (
    <>
      <div className="pa-table" role="region" aria-label={t('users.events')} tabIndex={0}>
        <table className="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">{t('users.when')}</th>
              <th scope="col">{t('users.what')}</th>
              <th scope="col">{t('users.who')}</th>
            </tr>
          </thead>
          <tbody>
            {page.events.map((event, index) => (
              <EventRow key={`${event.at}/${index}`} event={event} />
            ))}
          </tbody>
        </table>
      </div>
      <Notice refusal={action.refusal} />
      {cursor === undefined ? null : (
        <Actions>
          <ActionButton kind="outline" busy={action.busy} onClick={() => void loadMore(cursor)}>
            {t('actions.loadMore')}
          </ActionButton>
        </Actions>
      )}
    </>
  );
}

function EventRow({ event }: { event: Event }) {
  const { t } = useTranslation();
  const { at, actor, actorUsername, reason } = event;
  const wordsOf = useEventWords();
  return (
    <tr>
      <td>{dateAndTime(at)}</td>
      <td>
        {wordsOf(event)}
        {reason === undefined ? null : (
          <span className="pa-reason-given">{t('users.reasonGiven', { reason })}</span>
        )}
      </td>
      <td>
        {isActor(actor) ? t(`actors.${actor}`) : actor}
        {actorUsername === undefined ? null : (
          <span className="pa-user__username"> {actorUsername}</span>
        )}
      </td>
    </tr>
  );
}

const ACTORS = ['SELF', 'ADMIN', 'HELP_DESK', 'OPERATOR', 'SYSTEM'] as const;

function isActor(actor: string | undefined): actor is (typeof ACTORS)[number] {
  return (ACTORS as readonly (string | undefined)[]).includes(actor);
}

/** An event in the person's language. A name that is newer than this page is shown as it is. */
function useEventWords(): (event: Event) => string {
  const { t, i18n } = useTranslation();
  const eventOf = (name: string): string =>
    i18n.exists(`events.${name}`) ? t(`events.${name as 'SIGNED_IN'}`) : readable(name);
  const outcomeOf = (name: string): string =>
    i18n.exists(`outcomes.${name}`) ? t(`outcomes.${name as 'SMS'}`) : readable(name);
  return ({ event, outcome }) =>
    outcome === undefined ? eventOf(event) : `${eventOf(event)} (${outcomeOf(outcome)})`;
}

/** `CODE_SENT` becomes `Code sent`. */
function readable(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
