/** Formats seconds in words, in whole minutes from two on: `20 minutes`, `90 seconds`. */
export function duration(seconds: number, language = 'en'): string {
  const isWholeMinutes = seconds >= 120 && seconds % 60 === 0;
  const [count, unit] = isWholeMinutes ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    count,
  );
}
