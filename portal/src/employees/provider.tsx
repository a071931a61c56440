import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { CodeList } from './code-list.tsx';
import { Done } from './done.tsx';
import { useEmployees } from './employees-context.tsx';
import { IssueCodes } from './issue-codes.tsx';
import type { Issued } from './issued.ts';
import { IssuedCodes } from './issued-codes.tsx';

/** A provider and its registration codes. One that is unknown is made with its first codes. */
export function Component() {
  const { npi = '' } = useParams();
  return <ProviderPage key={npi} npi={npi} />;
}

function ProviderPage({ npi }: { npi: string }) {
  const { t } = useTranslation();
  const { helpDesk } = useEmployees();
  const { value, refusal, reload } = useLoaded(() => helpDesk.provider(npi), []);
  const [issued, setIssued] = useState<Issued>();
  const [changes, setChanges] = useState<{ count: number; done?: string | undefined }>({
    count: 0,
  });
  const isNew = refusal?.code === 'NOT_FOUND';
  const changed = (text?: string): void => {
    setChanges(({ count }) => ({ count: count + 1, done: text }));
    reload();
  };
  return (
    <Screen
      title={value?.name ?? t('desk.providerTitle', { npi })}
      lead={value && t('desk.letter.npi', { npi })}
      wide
    >
      <Done text={changes.done} occasion={changes.count} />
      {isNew ? (
        <Message type="info">{t('desk.newProvider')}</Message>
      ) : (
        <Notice refusal={refusal} />
      )}
      {issued === undefined ? null : (
        <IssuedCodes npi={npi} issued={issued} onDone={() => setIssued(undefined)} />
      )}
      {value === undefined && refusal === undefined ? <Skeleton /> : null}
      {value === undefined && !isNew ? null : (
        <IssueCodes
          key={value?.name ?? ''}
          npi={npi}
          knownName={value?.name}
          onIssued={(codes) => {
            setIssued(codes);
            changed();
          }}
        />
      )}
      {value === undefined ? null : (
        <CodeList npi={npi} codes={value.registrationCodes} onChanged={changed} />
      )}
      <Actions>
        {refusal === undefined || isNew ? null : (
          <ActionButton onClick={reload}>{t('actions.tryAgain')}</ActionButton>
        )}
        <ButtonLink to="/help-desk/providers" kind="outline">
          {t('desk.otherProvider')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
