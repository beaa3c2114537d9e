import { CloseButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { HubStartView, StartView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { start, startQuery } from '../../api/start.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { bindingOf, useCommands } from '../../ui/commands.js';
import { useChangePreferences } from '../../live/use-change-me.js';
import { usePreferences, wishDesktop } from '../../ui/preferences.js';
import { sample } from '../../ui/sound.js';
import { CheckList, useHubChecks, type Check } from './check-list.js';
import './start.css';

/** What is left to do before the first day, on the page where one waits for work, until it is done or put away. */
export function FirstSteps({ isFolded = false }: { isFolded?: boolean }) {
  const isSpoken = useTexts('start');
  const view = useQuery(startQuery);
  if (!isSpoken || !view.data || view.data.mine.dismissed) {
    return null;
  }
  const { mine, hub } = view.data;
  return hub ? <HubSteps hub={hub} isFolded={isFolded} /> : <OwnSteps done={mine.done} isFolded={isFolded} />;
}

function HubSteps({ hub, isFolded }: { hub: HubStartView; isFolded: boolean }) {
  const { t } = useI18n();
  const checks = useHubChecks(hub);
  const isOver = hub.at === 'done' || hub.company !== null;
  return (
    <Card checks={checks} isFolded={isFolded}>
      {!isOver && (
        <Link className="start-act" to="/start">
          {t('start.resume')}
        </Link>
      )}
    </Card>
  );
}

/** A colleague's first day: to hear work, to be told of it, and the one key that leads to the others. */
function OwnSteps({ done, isFolded }: { done: readonly string[]; isFolded: boolean }) {
  const { t } = useI18n();
  const { sound, desktop } = usePreferences();
  const changePreferences = useChangePreferences();
  const keep = useKeep();
  const isRefused = 'Notification' in window && Notification.permission === 'denied';
  useEffect(() => noticePalette(() => keep({ done: 'palette' })), [keep]);
  const askDesktop = async () => {
    const answer = await Notification.requestPermission();
    wishDesktop(answer === 'granted');
    keep({ done: 'desktop' });
  };
  const hear = () => {
    changePreferences({ sound: true });
    sample('work');
    keep({ done: 'sound' });
  };
  const acts = {
    sound: { isDone: sound && done.includes('sound'), run: hear },
    desktop: { isDone: desktop, run: () => void askDesktop() },
    palette: { isDone: done.includes('palette'), run: () => useCommands.getState().palette?.() },
  };
  const checks = (['sound', 'desktop', 'palette'] as const)
    .filter((name) => name !== 'desktop' || 'Notification' in window)
    .map((name): Check => ({
      name,
      isDone: acts[name].isDone,
      what: t(`start.check_${name}`),
      act: (
        <button
          type="button"
          className="start-act"
          onClick={() => {
            acts[name].run();
            if (name === 'palette') {
              keep({ done: name });
            }
          }}
        >
          {t(`start.do_${name}`)}
        </button>
      ),
    }));
  return (
    <Card checks={checks} isFolded={isFolded}>
      {isRefused && !desktop && <p className="start-hint">{t('start.refused')}</p>}
    </Card>
  );
}

type Kept = Parameters<typeof start.keepMine>[0];

function useKeep(): (kept: Kept) => void {
  const queries = useQueryClient();
  const [keep] = useState(() => (kept: Kept) => {
    // Nobody is stopped by a list of hints that could not be kept.
    void start.keepMine(kept).then(
      (view) => queries.setQueryData<StartView>(keys.start, view),
      () => undefined,
    );
  });
  return keep;
}

/** Tells when the key of the palette is pressed, whoever answers it. */
function noticePalette(tell: () => void): () => void {
  const { code } = bindingOf('palette');
  const listen = (event: KeyboardEvent) => {
    if (event.code === code && (event.ctrlKey || event.metaKey)) {
      tell();
    }
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

interface CardProps {
  checks: Check[];
  /** Where there is little room, the list opens when it is asked for. */
  isFolded: boolean;
  children: React.ReactNode;
}

function Card({ checks, isFolded, children }: CardProps) {
  const { t } = useI18n();
  const { name } = useMe();
  const keep = useKeep();
  const count = checks.length;
  const done = checks.filter((check) => check.isDone).length;
  const body = (
    <>
      {done === count && <p className="start-hint">{t('start.allDone')}</p>}
      <CheckList checks={checks} />
      {children}
    </>
  );
  const progress = t('start.progressOf', { done, count });
  const hide = (
    <CloseButton aria-label={t('start.hide')} title={t('start.hide')} onClick={() => keep({ dismissed: true })} />
  );
  if (isFolded) {
    return (
      <section className="start-first" data-folded aria-label={t('start.checklist')}>
        <details>
          <summary>
            {t('start.checklist')} <small>{progress}</small>
          </summary>
          {body}
        </details>
        {hide}
      </section>
    );
  }
  return (
    <section className="start-first" aria-label={t('start.checklist')}>
      <header>
        <div>
          <h2>{t('start.welcome', { name })}</h2>
          <small>{progress}</small>
        </div>
        {hide}
      </header>
      {body}
    </section>
  );
}
