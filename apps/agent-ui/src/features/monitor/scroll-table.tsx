import type { ReactNode } from 'react';

/** A table that is wider or longer than its place. */
export function ScrollTable({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Who cannot point scrolls it by the keyboard.
    <section className="board-scroll" tabIndex={0} aria-labelledby={labelledBy}>
      {children}
    </section>
  );
}
