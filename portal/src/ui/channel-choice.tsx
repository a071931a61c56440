import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../contract/flows.ts';
import { ActionButton, Actions } from './buttons.tsx';

/** The context that selects a text with or without calls. */
export const wordedFor = (channels: readonly Channel[]): Channel =>
  channels.includes('CALL') ? 'CALL' : 'SMS';

/** Send Code or Call Me. A call is offered only if the stack can place calls. */
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
