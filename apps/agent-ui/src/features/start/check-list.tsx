import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HubStartView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconDone } from '../../ui/icons.js';

export interface Check {
  name: string;
  isDone: boolean;
  what: string;
  /** The way to what is missing. */
  act: ReactNode;
}

/** What is done and what is not, each with the way to it. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useI18n();
  return (
    <ul className="start-checks">
      {checks.map(({ name, isDone, what, act }) => (
        <li key={name} data-done={isDone || undefined}>
          <span className="start-mark" data-standing={isDone ? 'done' : undefined}>
            {isDone && <IconDone size={22} aria-hidden />}
            <span className="unseen">{t(isDone ? 'start.isDone' : 'start.isOpen')}</span>
          </span>
          <span className="start-what">{what}</span>
          {!isDone && act}
        </li>
      ))}
    </ul>
  );
}

const section = (name: string): LinkProps => ({ to: '/settings/$section', params: { section: name } });
const step = (name: string): LinkProps => ({ to: '/start/$step', params: { step: name } });

const hubChecks = [
  { name: 'company', isDone: ({ hours }: HubStartView) => hours, way: step('company') },
  { name: 'channel', isDone: ({ channel }: HubStartView) => channel !== null, way: step('channel') },
  { name: 'message', isDone: ({ message }: HubStartView) => message !== null, way: step('trial') },
  { name: 'colleague', isDone: ({ colleague }: HubStartView) => colleague, way: step('team') },
  { name: 'cannedReply', isDone: ({ cannedReply }: HubStartView) => cannedReply, way: section('replies') },
] as const;

/** What a hub still lacks before its first day, read from what is there. */
export function useHubChecks(hub: HubStartView): Check[] {
  const { t } = useI18n();
  return hubChecks.map(({ name, isDone, way }) => ({
    name,
    isDone: isDone(hub),
    what: t(`start.check_${name}`),
    act: (
      <Link className="start-act" {...way}>
        {t(`start.do_${name}`)}
      </Link>
    ),
  }));
}
