import { ActionIcon, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ScriptView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconBack } from '../../ui/icons.js';
import { PublishDialog } from './life/publish-dialog.js';
import { LiveChips } from './live-chips.js';
import type { ScriptTab } from './script-desk.js';
import { IconRedo, IconUndo } from './script-icons.js';
import type { Draft } from './use-draft.js';

interface Props {
  script: ScriptView;
  draft: Draft;
  mayEdit: boolean;
  isSure: boolean;
  tab: ScriptTab;
  tabs: readonly ScriptTab[];
  onTab: (tab: ScriptTab) => void;
}

/** Which script it is, how it stands, and what one does with it from anywhere on the page. */
export function ScriptHead({ script, draft, mayEdit, isSure, tab, tabs, onTab }: Props) {
  const { t, locale } = useI18n();
  const [isPublishing, setPublishing] = useState(false);
  const title = draft.read.script?.title[locale] ?? script.name;
  useSaveKeys(draft, mayEdit);
  return (
    <header className="script-head">
      <div className="script-head-line">
        <Link
          to="/settings/$section"
          params={{ section: 'scripts' }}
          className="script-back"
          aria-label={t('script.backToList')}
        >
          <IconBack size={18} className="points" />
        </Link>
        <h1 className="one-line">
          <bdi>{title || script.name}</bdi>
        </h1>
        <LiveChips script={script} />
        <output className="script-saved">{draft.isChanged && t('script.notSaved')}</output>
        {mayEdit && (
          <span className="script-acts">
            <ActionIcon aria-label={t('common.undo')} title="Ctrl+Z" disabled={!draft.canUndo} onClick={draft.undo}>
              <IconUndo size={18} className="points" />
            </ActionIcon>
            <ActionIcon aria-label={t('script.redo')} title="Ctrl+Y" disabled={!draft.canRedo} onClick={draft.redo}>
              <IconRedo size={18} className="points" />
            </ActionIcon>
            <Button variant="default" disabled={!draft.isChanged} loading={draft.isSaving} onClick={draft.save}>
              {t('script.saveDraft')}
            </Button>
            <Button
              disabled={draft.isChanged || !isSure}
              title={draft.isChanged ? t('script.saveFirst') : undefined}
              onClick={() => setPublishing(true)}
            >
              {t('script.publish')}
            </Button>
          </span>
        )}
      </div>
      <nav aria-label={t('script.parts')} className="script-tabs">
        {tabs.map((one) => (
          <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => onTab(one)}>
            {t(`script.tab_${one}`)}
          </button>
        ))}
      </nav>
      {isPublishing && <PublishDialog script={script} onClose={() => setPublishing(false)} />}
    </header>
  );
}

/** Ctrl+S saves wherever one is; Ctrl+Z and Ctrl+Y belong to a field while one types in it. */
function useSaveKeys({ save, undo, redo, isChanged, isSaving }: Draft, mayEdit: boolean): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!mayEdit || !(event.ctrlKey || event.metaKey)) {
        return;
      }
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      const act = actOf(event, isTyping);
      if (act === null) {
        return;
      }
      event.preventDefault();
      if (act !== 'save') {
        (act === 'undo' ? undo : redo)();
      } else if (isChanged && !isSaving) {
        save();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [save, undo, redo, isChanged, isSaving, mayEdit]);
}

/** By the place of the key: in the Persian layout the letters are others. */
function actOf({ code, shiftKey }: KeyboardEvent, isTyping: boolean): 'save' | 'undo' | 'redo' | null {
  if (code === 'KeyS') {
    return 'save';
  }
  if (isTyping) {
    return null;
  }
  if (code === 'KeyY' || (code === 'KeyZ' && shiftKey)) {
    return 'redo';
  }
  return code === 'KeyZ' ? 'undo' : null;
}
