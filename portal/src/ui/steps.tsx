import { useTranslation } from 'react-i18next';

/** The steps of a registration, as a list in which the person's current step is named. */
export function Steps({ labels, place }: { labels: readonly string[]; place: number }) {
  const { t } = useTranslation();
  const current = Math.min(place, labels.length - 1);
  return (
    <div className="pa-steps" role="group" aria-label={t('registration.stepper')}>
      <ol className="pa-steps__segments">
        {labels.map((label, index) => (
          <li
            key={label}
            className={index < place ? 'pa-steps__done' : ''}
            aria-current={index === place ? 'step' : undefined}
          >
            <span className="usa-sr-only">
              {label}
              {index < place ? `, ${t('registration.completed')}` : ''}
              {index > place ? `, ${t('registration.notCompleted')}` : ''}
            </span>
          </li>
        ))}
      </ol>
      <p className="pa-steps__here" aria-hidden="true">
        {t('registration.step', { step: current + 1, count: labels.length })} {labels[current]}
      </p>
    </div>
  );
}
