/** The document's title: the screen's, which says first that something went wrong. */
let title = '';
let errors = 0;
let prefix = '';
/** Until somebody touches the page, the focus stays at its start, where the skip link is first. */
let touched = false;

for (const kind of ['pointerdown', 'keydown'] as const)
  document.addEventListener(kind, () => (touched = true), { once: true, capture: true });

export function isTouched(): boolean {
  return touched;
}

export function showTitle(of: string): void {
  title = of;
  write();
}

/** @returns what ends the error */
export function markError(word: string): () => void {
  errors += 1;
  prefix = word;
  write();
  return () => {
    errors -= 1;
    write();
  };
}

function write(): void {
  document.title = errors === 0 ? title : `${prefix} ${title}`;
}
