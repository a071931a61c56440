import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import type { ExplanationView, Person } from '@portal-auth/client/employees';
import { StatusTag } from '../screens/manage-users.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { ActDialog } from './act-dialog.tsx';
import type { Act } from './acts.ts';
import { Done } from './done.tsx';
import { useEmployees } from './employees-context.tsx';
import { Explanation } from './explanation.tsx';
import { NextSteps, OtherActs } from './person-acts.tsx';
import { PersonEvents } from './person-events.tsx';
import { WaitingApprovals } from './waiting-approvals.tsx';

/** One person: why they cannot get in, and what helps. Opening it is an event of theirs. */
export function Component() {
  const { username = '' } = useParams();
  return <PersonPage key={username} username={username} />;
}

function PersonPage({ username }: { username: string }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const known = (useLocation().state as { person?: Person } | null)?.person;
  const person = useLoaded(
    async () => (known === undefined ? helpDesk.person(username) : { ok: true, value: known }),
    [],
  );
  const [changes, setChanges] = useState<{ count: number; done?: string }>({ count: 0 });
  const explanation = useLoaded(() => helpDesk.explain(username), [changes.count]);
  const refusal = person.refusal ?? explanation.refusal;
  const reload = (): void => {
    person.reload();
    explanation.reload();
  };
  const changed = (done: string): void => setChanges(({ count }) => ({ count: count + 1, done }));
  const title =
    person.value === undefined ? username : `${person.value.firstName} ${person.value.lastName}`;
  return (
    <Screen title={title} wide>
      <Done text={changes.done} occasion={changes.count} />
      <Notice refusal={refusal} />
      {refusal !== undefined ? (
        <Actions>
          <ActionButton onClick={reload}>{t('actions.tryAgain')}</ActionButton>
        </Actions>
      ) : person.value === undefined || explanation.value === undefined ? (
        <Skeleton />
      ) : (
        <Shown
          person={person.value}
          view={explanation.value}
          changes={changes.count}
          onChanged={changed}
        />
      )}
      <Actions>
        <ButtonLink to="/help-desk" kind="outline">
          {t('desk.backToFind')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

function Shown({
  person,
  view,
  changes,
  onChanged,
}: {
  person: Person;
  view: ExplanationView;
  changes: number;
  onChanged: (done: string) => void;
}) {
  const [asked, setAsked] = useState<Act>();
  return (
    <>
      <p>
        <span className="pa-user__username">{person.username}</span>{' '}
        <StatusTag status={view.status} />
      </p>
      <WaitingApprovals username={person.username} changes={changes} />
      <NextSteps view={view} onAsk={setAsked} />
      <Explanation person={person} view={view} />
      <OtherActs view={view} onAsk={setAsked} />
      <PersonEvents username={person.username} changes={changes} />
      {asked === undefined ? null : (
        <ActDialog
          act={asked}
          person={person}
          maskedEmail={view.factors.maskedEmail}
          onDone={(done) => {
            setAsked(undefined);
            onChanged(done);
          }}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
