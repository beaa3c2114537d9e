import type { JSX } from 'preact';

const shapes = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 4l17 8-17 8 3-8z',
  down: 'M6 9l6 6 6-6',
  file: 'M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9zM13 3v6h6',
  attach:
    'M20 11.5l-8.2 8.2a5.4 5.4 0 0 1-7.6-7.6l8.6-8.6a3.6 3.6 0 0 1 5.1 5.1l-8.6 8.6a1.8 1.8 0 0 1-2.5-2.5l7.8-7.8',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M15 5l-7 7 7 7',
  waiting: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  sent: 'M5 12.5l4.5 4.5L19 7.5',
  delivered: 'M2 12.5L6.5 17 16 7.5M12 16l1 1 9.5-9.5',
};

export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
