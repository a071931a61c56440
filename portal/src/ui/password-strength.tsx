import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  PASSWORD_LENGTH,
  passwordGuesses,
  WITHIN_REACH,
  type Estimator,
} from '../../../contract/password-strength.ts';

const LEVELS = ['SHORT', 'GUESSABLE', 'FAIR', 'GOOD', 'STRONG'] as const;
type Level = (typeof LEVELS)[number];

const GOOD_GUESSES = 1e10;
const STRONG_GUESSES = 1e14;

/**
 * Shows how hard a password is to guess, while it is typed. The backend judges it by the same
 * estimate, and knows more names.
 * @param names what this page knows of the person, the provider and the portal
 */
export function PasswordStrength({ password, names }: { password: string; names: string[] }) {
  const { t } = useTranslation();
  const level = useLevel(password, names);
  return (
    <div className="pa-strength">
      <div className="pa-strength__bar" aria-hidden="true">
        {LEVELS.slice(1).map((step) => (
          <span
            key={step}
            className={
              level !== undefined && LEVELS.indexOf(step) <= LEVELS.indexOf(level)
                ? `pa-strength__step pa-strength__step--${level.toLowerCase()}`
                : 'pa-strength__step'
            }
          />
        ))}
      </div>
      <p id="password-strength" role="status" className="pa-strength__text">
        {level === undefined ? '' : `${t('strength.label')}: ${t(`strength.${level}`)}`}
      </p>
    </div>
  );
}

/** Undefined while nothing is typed, or the estimator is being loaded. */
function useLevel(password: string, names: string[]): Level | undefined {
  const estimate = useEstimator();
  // Typing goes on while a long password is judged.
  const typed = useDeferredValue(password);
  const known = names.join('\n');
  return useMemo(() => levelOf(estimate, typed, known.split('\n')), [estimate, typed, known]);
}

function levelOf(
  estimate: Estimator | undefined,
  password: string,
  names: string[],
): Level | undefined {
  if (password === '') return undefined;
  const normalized = password.normalize('NFC');
  if (normalized.length < PASSWORD_LENGTH.least) return 'SHORT';
  if (estimate === undefined) return undefined;
  const guesses = passwordGuesses(estimate, normalized, names);
  if (guesses <= WITHIN_REACH) return 'GUESSABLE';
  if (guesses < GOOD_GUESSES) return 'FAIR';
  return guesses < STRONG_GUESSES ? 'GOOD' : 'STRONG';
}

/** Without the estimator, because it cannot be loaded, the backend's refusal is what people see. */
function useEstimator(): Estimator | undefined {
  const [estimator, setEstimator] = useState<{ estimate: Estimator }>();
  useEffect(() => {
    import('../password-estimator.ts').then(setEstimator, () => undefined);
  }, []);
  return estimator?.estimate;
}
