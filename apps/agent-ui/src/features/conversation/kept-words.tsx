import { Button } from '@mantine/core';
import { useDrafts } from '../../api/drafts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../../ui/notify.js';
import { useOutbox } from './outbox.js';
import './kept-words.css';

interface Props {
  /** Only what was written to this person. */
  person?: string;
}

/** Words that can go nowhere from here any more, to be read and taken along. Nothing where there are none. */
export function KeptWords({ person }: Props) {
  const { t } = useI18n();
  const words = useWords(person);
  if (words.length === 0) {
    return null;
  }
  const all = words.join('\n\n');
  const copy = () => navigator.clipboard.writeText(all).then(() => notify(t('common.copied')));
  return (
    <div className="kept-words">
      <label>
        {t('taken.words')}
        <textarea readOnly rows={Math.min(10, all.split('\n').length + 1)} dir="auto" value={all} />
      </label>
      {'clipboard' in navigator && (
        <Button variant="default" size="compact-sm" onClick={() => void copy()}>
          {t('common.copy')}
        </Button>
      )}
    </div>
  );
}

function useWords(person: string | undefined): string[] {
  const drafts = useDrafts((state) => state.drafts);
  const waiting = useOutbox((state) => state.waiting);
  const isMeant = (one: string) => person === undefined || one === person;
  return [
    ...waiting.filter((one) => isMeant(one.person)).map(({ message }) => message.body),
    ...Object.entries(drafts)
      .filter(([key]) => isMeant(key.split(':', 1).join()))
      .map(([, { body }]) => body),
  ].filter((body) => body.trim() !== '');
}
