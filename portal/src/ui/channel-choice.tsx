import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../contract/flows.ts';
import { ActionButton, Actions } from './buttons.tsx';

/** Which of a text's versions fits, where one speaks of calls. */
export const wordedFor = (channels: readonly Channel[]): Channel =>
  channels.includes('CALL') ? 'CALL' : 'SMS';

/** Send Code or Call Me; a call only where the stack can call. */
export function ChannelChoice({
  channels,
  busy,
  onChoose,
}: {
  channels: readonly Channel[];
  busy: boolean;
  onChoose: (channel: Channel) => void;
}) {
  const { t } = useTranslation();
  return (
    <Actions>
      {channels.includes('SMS') ? (
        <ActionButton busy={busy} onClick={() => onChoose('SMS')}>
          {t('actions.sendCode')}
        </ActionButton>
      ) : null}
      {channels.includes('CALL') ? (
        <ActionButton kind="outline" busy={busy} onClick={() => onChoose('CALL')}>
          {t('actions.callMe')}
        </ActionButton>
      ) : null}
    </Actions>
  );
}
