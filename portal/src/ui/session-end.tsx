import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { timeOfDay } from './dates.ts';
import { useSecondsUntil } from './countdown.ts';

const HOUR_MS = 3_600_000;
const WARNED_SECONDS = 5 * 60;

/** Warns five minutes before the session ends, and leaves the page when it does. */
export function SessionEnd({ startedAt }: { startedAt: number }) {
  const { t } = useTranslation();
  const { client, config } = usePortal();
  const navigate = useNavigate();
  // A sign-in on the spot begins another session.
  const endsAt = (client.session.startedAt() ?? startedAt) + config.sessionHours * HOUR_MS;
  const left = useSecondsUntil(new Date(endsAt).toISOString());
  const isOver = left === 0;
  useEffect(() => {
    if (!isOver) return;
    client.session.clear();
    void navigate('/signed-out', { replace: true, state: { ended: true } });
  }, [isOver, client, navigate]);
  const isNear = left > 0 && left <= WARNED_SECONDS;
  return (
    <div role="status" className="pa-session-end">
      {isNear ? (
        <p>
          {t('session.ends', { time: timeOfDay(endsAt - client.clock.now() + Date.now()) })}{' '}
          {t('session.save')}
        </p>
      ) : null}
    </div>
  );
}
