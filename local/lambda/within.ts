/** Waits for a result this long, and then for the other one. The work goes on: nobody calls it off. */
export function within<T, L>(milliseconds: number, work: Promise<T>, late: L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, late);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
