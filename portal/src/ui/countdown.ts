import { useEffect, useState } from 'react';
import { usePortal } from '../portal-context.tsx';

/** Whole seconds until a time by the backend's clock, and 0 once it has passed. */
export function useSecondsUntil(time: string | undefined): number {
  const {
    client: { clock },
  } = usePortal();
  const left = (): number =>
    time === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(time) - clock.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [time]);
  return seconds;
}

/** Formats seconds like `4:05`. */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
