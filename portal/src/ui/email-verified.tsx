import { useTranslation } from 'react-i18next';
import { ActionButton, Actions } from './buttons.tsx';
import { Screen } from './screen.tsx';
import { Stayed } from './step-back.tsx';
import { useStepBack } from './use-step-back.ts';

/** After a right code by e-mail, in a flow that goes on. */
export function EmailVerified({ onContinue }: { onContinue: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Stayed isShown={useStepBack('VERIFIED', 'STAYS')} />
      <Screen title={t('verified.title')} lead={t('verified.text')}>
        <div className="pa-done" aria-hidden="true">
          ✓
        </div>
        <Actions>
          <ActionButton onClick={onContinue}>{t('actions.continue')}</ActionButton>
        </Actions>
      </Screen>
    </>
  );
}
