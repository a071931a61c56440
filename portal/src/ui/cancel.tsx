import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ActionButton } from './buttons.tsx';

/** Gives up a flow, and goes back to the login options. */
export function Cancel({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = (): void => {
    onCancel();
    void navigate('/');
  };
  return (
    <p className="pa-small pa-cancel">
      <ActionButton kind="plain" onClick={leave}>
        {t('actions.cancel')}
      </ActionButton>
    </p>
  );
}
