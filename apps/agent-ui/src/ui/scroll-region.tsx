import type { ReactNode } from 'react';

interface Props {
  label: string;
  className: string;
  /** Code reads from left to right in every language. */
  dir?: 'ltr';
  children: ReactNode;
}

/** Something wider than the page: reached by the keyboard, for it can be moved inside. */
export function ScrollRegion({ label, className, children, ...props }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Who cannot point scrolls it by the keyboard.
    <section className={className} tabIndex={0} aria-label={label} {...props}>
      {children}
    </section>
  );
}
