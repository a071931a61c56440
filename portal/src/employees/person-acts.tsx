import { useTranslation } from 'react-i18next';
import type { ExplanationView } from '@portal-auth/client/employees';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { type Act, possibleActs } from './acts.ts';

interface ActsProps {
  view: ExplanationView;
  onAsk: (act: Act) => void;
}

/**
 * The most likely remedy first, with the buttons of the acts that it speaks of. A reset is never
 * urged.
 */
export function NextSteps({ view, onAsk }: ActsProps) {
  const { t } = useTranslation();
  const wordsOf = useStepWords(view);
  return (
    <section className="pa-next" aria-labelledby="next-heading">
      <h2 id="next-heading">{t('desk.next')}</h2>
      <ol>
        {view.nextSteps.map((said, index) => (
          <li key={said}>{wordsOf(index)}</li>
        ))}
      </ol>
      <Actions>
        {view.acts.map((act, index) => (
          <ActionButton
            key={act}
            kind={index === 0 && act !== 'RESET' ? 'primary' : 'outline'}
            onClick={() => onAsk(act)}
          >
            {t(`desk.acts.${act}`)}
          </ActionButton>
        ))}
      </Actions>
    </section>
  );
}

/**
 * A step in the page's language. One that is newer than this page is shown as the service says it.
 */
function useStepWords({ steps, nextSteps, waitUntil }: ExplanationView): (index: number) => string {
  const { t, i18n } = useTranslation();
  const time = waitUntil === undefined ? '' : dateAndTime(waitUntil);
  return (index) => {
    const step = steps[index];
    return step !== undefined && i18n.exists(`desk.steps.${step}`)
      ? t(`desk.steps.${step}`, { time })
      : (nextSteps[index] ?? '');
  };
}

/** Every other act that the status allows, each with what it does. */
export function OtherActs({ view, onAsk }: ActsProps) {
  const { t } = useTranslation();
  const others = possibleActs(view.status, view.acts).slice(view.acts.length);
  if (others.length === 0) return null;
  return (
    <>
      <h2>{t('desk.otherActs')}</h2>
      <div className="pa-changes">
        {others.map((act) => (
          <div key={act}>
            <p>{t(`desk.actTexts.${act}`)}</p>
            <ActionButton kind="outline" onClick={() => onAsk(act)}>
              {t(`desk.acts.${act}`)}
            </ActionButton>
          </div>
        ))}
      </div>
    </>
  );
}
