import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result, UserEventPage } from '@portal-auth/client';
import { dateAndTime } from './dates.ts';
import { LoadMore } from './load-more.tsx';
import { useAction } from './use-action.ts';

type Event = UserEventPage['events'][number];

interface EventPage {
  events: Event[];
  cursor?: string | undefined;
}

/** An audit trail, newest first. */
export function EventTable({
  label,
  first,
  more,
  self,
}: {
  label: string;
  first: EventPage;
  more: (cursor: string) => Promise<Result<EventPage>>;
  /** What the person is called whose trail it is. */
  self?: string;
}) {
  const { t } = useTranslation();
  const action = useAction();
  const [page, setPage] = useState(first);
  const loadMore = async (cursor: string): Promise<void> => {
    const next = await action.run(() => more(cursor));
    if (next !== undefined)
      setPage({ events: [...page.events, ...next.events], cursor: next.cursor });
  };
  const { cursor } = page;
  if (page.events.length === 0) return <p className="pa-empty">{t('users.noEvents')}</p>;
  return (
    <>
      <div className="pa-table" role="region" aria-label={label} tabIndex={0}>
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
              <EventRow key={`${event.at}/${index}`} event={event} self={self} />
            ))}
          </tbody>
        </table>
      </div>
      <LoadMore action={action} cursor={cursor} load={loadMore} />
    </>
  );
}

function EventRow({ event, self }: { event: Event; self: string | undefined }) {
  const { t } = useTranslation();
  const { at, actor, actorUsername, reason, sourceAddress } = event;
  const isOwn = self !== undefined && actor === 'SELF';
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
        {isOwn ? self : isActor(actor) ? t(`actors.${actor}`) : actor}
        {actorUsername === undefined ? null : (
          <span className="pa-user__username"> {actorUsername}</span>
        )}
        {isOwn && sourceAddress !== undefined ? (
          <span className="pa-reason-given">{t('users.from', { address: sourceAddress })}</span>
        ) : null}
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
  return ({ event, outcome, loginMethod }) => {
    const how = event === 'SIGNED_IN' ? (outcome ?? loginMethod) : outcome;
    return how === undefined ? eventOf(event) : `${eventOf(event)} (${outcomeOf(how)})`;
  };
}

/** `CODE_SENT` becomes `Code sent`. */
function readable(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
