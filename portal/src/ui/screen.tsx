import { useEffect, useRef, type ReactNode } from 'react';
import { usePortal } from '../portal-context.tsx';
import { isTouched, showTitle } from './page-title.ts';

export interface ScreenProps {
  title: string;
  lead?: ReactNode;
  /** Wider than a form. */
  wide?: boolean;
  children?: ReactNode;
}

/**
 * A screen. It sets the document's title and moves the focus to its heading for screen readers,
 * except where a page has just been loaded or reports an error.
 */
export function Screen({ title, lead, wide = false, children }: ScreenProps) {
  const { config } = usePortal();
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const giveBack = showTitle(`${title} – ${config.portalName}`);
    const reports = section.current?.querySelector('.pa-summary') === document.activeElement;
    if (isTouched() && !reports) heading.current?.focus();
    return giveBack;
  }, [title, config.portalName]);
  return (
    <section ref={section} className={wide ? 'pa-screen pa-screen--wide' : 'pa-screen'}>
      <h1 ref={heading} tabIndex={-1} className="pa-title">
        {title}
      </h1>
      {lead === undefined ? null : <p className="pa-lead">{lead}</p>}
      {children}
    </section>
  );
}
