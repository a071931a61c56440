import { useEffect, useRef, type ReactNode } from 'react';
import { usePortal } from '../portal-context.tsx';

export interface ScreenProps {
  title: string;
  lead?: ReactNode;
  /** Wider than a form. */
  wide?: boolean;
  children?: ReactNode;
}

/** A screen. It sets the document's title and moves the focus to its heading for screen readers. */
export function Screen({ title, lead, wide = false, children }: ScreenProps) {
  const { config } = usePortal();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${config.portalName}`;
    heading.current?.focus();
  }, [title, config.portalName]);
  return (
    <section className={wide ? 'pa-screen pa-screen--wide' : 'pa-screen'}>
      <h1 ref={heading} tabIndex={-1} className="pa-title">
        {title}
      </h1>
      {lead === undefined ? null : <p className="pa-lead">{lead}</p>}
      {children}
    </section>
  );
}
