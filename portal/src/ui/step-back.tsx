import { useTranslation } from 'react-i18next';
import { ActionButton } from './buttons.tsx';
import { Message } from './notice.tsx';

/** Says why Back shows the same step. */
export function Stayed({ isShown }: { isShown: boolean }) {
  const { t } = useTranslation();
  return isShown ? (
    <div className="pa-under">
      <Message type="info">{t('back.stays')}</Message>
    </div>
  ) : null;
}

/** From a step that Back has shown again to the one that is open. */
export function GoOn({ onGoOn }: { onGoOn: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="pa-under pa-small">
      <ActionButton kind="plain" onClick={onGoOn}>
        {t('back.goOn')}
      </ActionButton>
    </p>
  );
}
