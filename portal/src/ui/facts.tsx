import type { ReactNode } from 'react';

/** A fact and its name; one without a value is not shown. */
export type Fact = readonly [name: string, value: ReactNode | undefined];

/** What is known of something, each with its name. */
export function Facts({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="pa-facts">
      {rows.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
