import { useEffect, useRef } from 'react';
import { Message } from '../ui/notice.tsx';

/** What an act did. It takes the focus, because the act's button may be gone or far below. */
export function Done({ text, occasion }: { text: string | undefined; occasion: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'center' });
  }, [occasion]);
  return text === undefined ? null : (
    <div ref={box} tabIndex={-1} className="pa-said">
      <Message type="success">{text}</Message>
    </div>
  );
}
