import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.js';
import { bindings, capsOf, type Binding, type Command, type KeyGroup, type KeyMode } from '../ui/commands.js';
import { foldWords } from '../ui/fold-words.js';
import { usePreferences } from '../ui/preferences.js';
import './key-help.css';

const groups: readonly KeyGroup[] = ['anywhere', 'move', 'go', 'ticket', 'write', 'many'];

/** Keys that no command of the table has: the field in which one writes listens to them. */
type Own = Command | 'send' | 'undo';
type Line = Omit<Binding, 'command'> & { command: Own };

/** What the standard Persian layout (ISIRI 9147) has at the places that are used. */
const persian: Readonly<Record<string, string>> = {
  KeyA: 'ش',
  KeyC: 'ز',
  KeyE: 'ث',
  KeyF: 'ب',
  KeyG: 'ل',
  KeyH: 'ا',
  KeyI: 'ه',
  KeyJ: 'ت',
  KeyK: 'ن',
  KeyN: 'د',
  KeyP: 'ح',
  KeyR: 'ق',
  KeyS: 'س',
  KeyT: 'ف',
  KeyU: 'ع',
  KeyX: 'ط',
  KeyZ: 'ظ',
  BracketLeft: 'ج',
  BracketRight: 'چ',
};

/** Every shortcut, by what it is for, as it is pressed in the reader's mode. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { keys: mode, enterSends } = usePreferences();
  const [wanted, setWanted] = useState('');
  const words = foldWords(wanted);
  const lines = [...bindings, ...writersKeys(enterSends)].filter(
    (line: Line) =>
      foldWords(t(`keys.${line.command}`)).includes(words) ||
      foldWords((capsOf(line, mode) ?? []).join(' ')).includes(words),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{ content: 'key-help' }}
    >
      <div className="key-help-head">
        <TextInput
          data-autofocus
          type="search"
          aria-label={t('keys.filter')}
          placeholder={t('keys.filter')}
          value={wanted}
          dir={wanted ? 'auto' : undefined}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => print()}>
          {t('keys.print')}
        </Button>
      </div>
      <p className="key-note">
        {t(`keys.mode_${mode}`)}{' '}
        <Link to="/settings/$section" params={{ section: 'mine' }} onClick={onClose}>
          {t('keys.change')}
        </Link>
      </p>
      {lines.length === 0 && <output>{t('keys.nothing')}</output>}
      <div className="key-groups">
        {groups.map((group) => (
          <Group key={group} group={group} lines={lines.filter((line) => line.group === group)} mode={mode} />
        ))}
      </div>
      <p className="key-note">{t('keys.persian')}</p>
    </Modal>
  );
}

function writersKeys(enterSends: boolean): Line[] {
  return [
    { command: 'send', group: 'write', code: 'Enter', cap: 'Enter', ...(enterSends ? {} : { withCtrl: true }) },
    { command: 'undo', group: 'write', code: 'KeyZ', cap: 'Z', withCtrl: true },
  ];
}

function Group({ group, lines, mode }: { group: KeyGroup; lines: readonly Line[]; mode: KeyMode }) {
  const { t } = useI18n();
  if (lines.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>{t(`keys.group_${group}`)}</h3>
      <dl className="key-list">
        {lines.map((line) => (
          <div key={line.command}>
            <dt>{t(`keys.${line.command}`)}</dt>
            <dd>
              <Caps line={line} mode={mode} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The keys one by one; at their places the Persian layout has other letters, which are printed small beside. */
function Caps({ line, mode }: { line: Line; mode: KeyMode }) {
  const { t } = useI18n();
  const caps = capsOf(line, mode);
  if (!caps) {
    return <span className="key-off">{t('keys.off')}</span>;
  }
  const codes = caps.map((cap) => (cap === 'G' ? 'KeyG' : cap === line.cap ? line.code : ''));
  return (
    <span className="key-combo" dir="ltr">
      {caps.map((cap, at) => (
        <kbd key={cap}>
          {cap}
          {persian[codes[at] ?? ''] && (
            <small lang="fa" aria-hidden>
              {persian[codes[at] ?? '']}
            </small>
          )}
        </kbd>
      ))}
    </span>
  );
}
