import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { timeOfDay } from '../ui/dates.ts';
import { useEmployees } from './employees-context.tsx';

const HOUR_MS = 3_600_000;
const WARNED_MS = 5 * 60_000;

/** Warns five minutes before the session ends, and leaves the page when it does. */
export function EmployeeSessionEnd({ signedInAt }: { signedInAt: number }) {
  const { t } = useTranslation();
  const { session } = useEmployees();
  const navigate = useNavigate();
  const endsAt = signedInAt + HOUR_MS;
  const left = useLeft(endsAt);
  const isOver = left <= 0;
  useEffect(() => {
    if (!isOver) return;
    session.clear();
    void navigate('/employees/signed-out', { replace: true, state: { ended: true } });
  }, [isOver, session, navigate]);
  return (
    <div role="status" className="pa-session-end">
      {left <= WARNED_MS && !isOver ? (
        <p>
          {t('session.ends', { time: timeOfDay(endsAt) })} {t('session.save')}
        </p>
      ) : null}
    </div>
  );
}

/** Milliseconds until a time, by this browser's clock, to the second. */
function useLeft(endsAt: number): number {
  const [left, setLeft] = useState(() => endsAt - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(endsAt - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return left;
}
