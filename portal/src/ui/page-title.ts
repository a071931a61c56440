/** The document's title: the screen's that is shown, which says first that something went wrong. */
let shown: { text: string }[] = [];
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

/** @returns what gives the title back to the screen below, if this one was shown over another */
export function showTitle(text: string): () => void {
  const mine = { text };
  shown.push(mine);
  write();
  return () => {
    shown = shown.filter((one) => one !== mine);
    write();
  };
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

/** Between two screens the former title stays. */
function write(): void {
  title = shown.at(-1)?.text ?? title;
  document.title = errors === 0 ? title : `${prefix} ${title}`;
}
