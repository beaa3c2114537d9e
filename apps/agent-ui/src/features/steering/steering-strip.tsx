import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SteeringView, WhisperView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { steering } from '../../api/steering.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconViewing } from '../../ui/icons.js';
import { useAction } from '../../ui/use-action.js';
import { OwnHand } from './own-hand.js';
import './steering.css';
import { useOwnSteering } from './use-own-steering.js';
import { WhisperForm } from './whisper-form.js';
import { WhisperThread } from './whisper-thread.js';

/** Pinned by the composer: who watches, what a supervisor whispers, and help that was asked for. */
export function SteeringStrip({ person }: { person: string }) {
  const { t } = useI18n();
  const isSpoken = useTexts('steering');
  const own = useOwnSteering(person);
  if (!isSpoken || !own || isEmpty(own)) {
    return null;
  }
  return (
    <section className="steering" aria-label={t('steering.beside')}>
      <Watched watchers={own.watchers} />
      <OwnHand person={person} hand={own.hand} />
      <OwnWhispers person={person} whispers={own.whispers} />
    </section>
  );
}

function isEmpty({ watchers, whispers, hand }: SteeringView): boolean {
  return watchers.length === 0 && whispers.length === 0 && hand === null;
}

function Watched({ watchers }: Pick<SteeringView, 'watchers'>) {
  const { t, locale } = useI18n();
  const names = new Intl.ListFormat(locale).format(watchers.map(({ name }) => name));
  return watchers.length === 0 ? null : (
    <output className="steering-line">
      <IconViewing size={16} aria-hidden />
      {t('steering.watched', { names })}
    </output>
  );
}

/** What was not seen yet stands open; what was is kept behind one line. */
function OwnWhispers({ person, whispers }: { person: string; whispers: WhisperView[] }) {
  const { t } = useI18n();
  const { id: readerId } = useMe();
  const [isOpen, setOpen] = useState(false);
  const [answers, setAnswers] = useState(false);
  const fresh = whispers.filter(({ by, seenAt }) => by.id !== readerId && seenAt === null);
  const rest = whispers.filter((whisper) => !fresh.includes(whisper));
  return (
    <>
      {rest.length > 0 && (
        <div className="steering-line">
          <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('steering.history', { count: rest.length })}
          </Button>
          {fresh.length === 0 && !answers && (
            <Button size="compact-xs" variant="subtle" onClick={() => setAnswers(true)}>
              {t('steering.answer')}
            </Button>
          )}
        </div>
      )}
      {isOpen && <WhisperThread whispers={rest} isWhole={false} />}
      {fresh.length > 0 && (
        <Fresh person={person} whispers={fresh} onAnswer={() => setAnswers(true)} isMute={answers} />
      )}
      {answers && (
        <WhisperForm
          person={person}
          of="answer"
          label={t('steering.yourAnswer')}
          hint={t('steering.onlyYou')}
          button={t('steering.send')}
          send={(id, words) => steering.answer(person, id, words)}
          takesFocus
          onSent={() => setAnswers(false)}
        >
          <Button size="compact-md" variant="default" onClick={() => setAnswers(false)}>
            {t('common.cancel')}
          </Button>
        </WhisperForm>
      )}
    </>
  );
}

interface FreshProps {
  person: string;
  whispers: WhisperView[];
  onAnswer: () => void;
  /** An answer is being written already. */
  isMute: boolean;
}

function Fresh({ person, whispers, onAnswer, isMute }: FreshProps) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const see = useAction(
    () => steering.see(person),
    () => {
      void queries.invalidateQueries({ queryKey: keys.everySteering(person) });
      void queries.invalidateQueries({ queryKey: keys.unseenWhispers });
    },
  );
  return (
    <div className="steering-whisper">
      <div role="log" aria-label={t('steering.whispers')}>
        {whispers.map(({ id, by, at, words }) => (
          <article key={id}>
            <header>
              <span>{t('steering.from', { name: by.name })}</span>
              <small>
                {t('steering.onlyYou')} <time dateTime={at}>{format.time(at)}</time>
              </small>
            </header>
            <p className="steering-words" dir="auto">
              {words}
            </p>
          </article>
        ))}
      </div>
      <span className="steering-acts">
        <Button size="compact-sm" loading={see.isPending} onClick={() => see.mutate(undefined)}>
          {t('steering.seen')}
        </Button>
        {!isMute && (
          <Button size="compact-sm" variant="default" onClick={onAnswer}>
            {t('steering.answer')}
          </Button>
        )}
      </span>
    </div>
  );
}
