import { useTranslation } from 'react-i18next';
import { ActionButton, Actions } from './buttons.tsx';
import { Notice } from './notice.tsx';
import type { Action } from './use-action.ts';

/** The end of a list that has further pages, and why the next one is not there. */
export function LoadMore({
  action,
  cursor,
  load,
}: {
  action: Action;
  cursor: string | undefined;
  load: (cursor: string) => Promise<void>;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Notice refusal={action.refusal} />
      {cursor === undefined ? null : (
        <Actions>
          <ActionButton kind="outline" busy={action.busy} onClick={() => void load(cursor)}>
            {t('actions.loadMore')}
          </ActionButton>
        </Actions>
      )}
    </>
  );
}
