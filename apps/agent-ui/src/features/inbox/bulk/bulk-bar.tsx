import { ActionIcon, Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { BulkAct, ListRow } from '#contract';
import { bulk } from '../../../api/bulk.js';
import type { ListFilter } from '../../../api/hub.js';
import { useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useCommand } from '../../../ui/commands.js';
import { IconCheck, IconClock, IconDots, IconPerson, IconTag } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';
import type { QuickKind, QuickTarget } from '../quick/choices.js';
import './bulk.css';
import { clearSelection, selectAll, useSelection } from './selection.js';
import { noteRun } from './show-run.js';

const QuickMenu = lazy(async () => ({ default: (await import('../quick/quick-menu.js')).QuickMenu }));

interface Props {
  /** Lines that are chosen and there. */
  chosen: readonly ListRow[];
  rows: readonly ListRow[];
  filter: ListFilter;
  hasMore: boolean;
}

/** What to do with the chosen lines, by buttons and by the keys that otherwise are about the open ticket. */
export function BulkBar(props: Props) {
  return useTexts('bulk') ? <Bar {...props} /> : null;
}

function Bar({ chosen, rows, filter, hasMore }: Props) {
  const { t } = useI18n();
  const wholeSince = useSelection((selection) => selection.wholeSince);
  const [menu, setMenu] = useState<QuickKind | null>(null);
  const ask = useAsk(chosen, filter, wholeSince);
  const isAll = chosen.length === rows.length;
  const target: QuickTarget = {
    count: wholeSince === null || !hasMore ? chosen.length : null,
    tickets: chosen.map(({ ticket }) => ticket),
  };
  useBulkKeys(setMenu, ask);
  return (
    <>
      <div className="bulk-bar" role="toolbar" aria-label={t('bulk.label')}>
        <input
          type="checkbox"
          className="bulk-all"
          aria-label={t(isAll ? 'bulk.clear' : 'bulk.selectLoaded')}
          title={t(isAll ? 'bulk.clear' : 'bulk.selectLoaded')}
          checked={isAll}
          ref={(box) => {
            if (box) {
              box.indeterminate = !isAll;
            }
          }}
          onChange={() => (isAll ? clearSelection() : useSelection.setState(selectAll(idsOf(rows))))}
        />
        <output className="bulk-count one-line">
          {target.count === null ? t('bulk.whole') : t('bulk.selected', { count: target.count })}
        </output>
        <Act label={t('bulk.assign')} onClick={() => setMenu('assign')}>
          <IconPerson size={19} />
        </Act>
        <Act label={t('bulk.snooze')} onClick={() => setMenu('snooze')}>
          <IconClock size={19} />
        </Act>
        <Act label={t('bulk.tags')} onClick={() => setMenu('tags')}>
          <IconTag size={19} />
        </Act>
        <Act label={t('bulk.resolve')} onClick={() => ask({ do: 'state', state: 'solved' })}>
          <IconCheck size={19} />
        </Act>
        <MoreActs onMenu={setMenu} onAct={ask} />
      </div>
      {isAll && hasMore && <WholeView count={chosen.length} isWhole={wholeSince !== null} />}
      <Suspense>
        {menu && <QuickMenu kind={menu} target={target} onPick={ask} onClose={() => setMenu(null)} />}
      </Suspense>
    </>
  );
}

const idsOf = (rows: readonly ListRow[]) => rows.map(({ ticket }) => ticket.id);

/** Asks the hub, and lets go of the lines: the word about it goes on by itself. */
function useAsk(chosen: readonly ListRow[], filter: ListFilter, wholeSince: string | null): (act: BulkAct) => void {
  const ask = useAction(
    (act: BulkAct) => {
      const whole = wholeSince !== null && { filter, before: wholeSince };
      return bulk.ask(whole || { tickets: idsOf(chosen) }, act);
    },
    (run) => {
      noteRun(run);
      clearSelection();
    },
  );
  return (act) => {
    if (!ask.isPending) {
      ask.mutate(act);
    }
  };
}

function useBulkKeys(open: (kind: QuickKind) => void, ask: (act: BulkAct) => void): void {
  const me = useMe();
  useCommand('assign', () => open('assign'));
  useCommand('snooze', () => open('snooze'));
  useCommand('tags', () => open('tags'));
  useCommand('priority', () => open('priority'));
  useCommand('assignMe', () => ask({ do: 'assign', agentId: me.id }));
  useCommand('resolve', () => ask({ do: 'state', state: 'solved' }));
  useCommand('unread', () => ask({ do: 'read', read: false }));
  useCommand('back', clearSelection);
}

function Act({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <ActionIcon aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

function MoreActs({ onMenu, onAct }: { onMenu: (kind: QuickKind) => void; onAct: (act: BulkAct) => void }) {
  const { t } = useI18n();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('bulk.more')} title={t('bulk.more')}>
          <IconDots size={19} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onMenu('priority')}>{t('bulk.priority')}</Menu.Item>
        <Menu.Item onClick={() => onMenu('queue')}>{t('bulk.queue')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onAct({ do: 'state', state: 'pending' })}>{t('bulk.pending')}</Menu.Item>
        <Menu.Item onClick={() => onAct({ do: 'state', state: 'on_hold' })}>{t('bulk.onHold')}</Menu.Item>
        <Menu.Item onClick={() => onAct({ do: 'state', state: 'open' })}>{t('bulk.reopen')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => onAct({ do: 'read', read: true })}>{t('bulk.markRead')}</Menu.Item>
        <Menu.Item onClick={() => onAct({ do: 'read', read: false })}>{t('bulk.markUnread')}</Menu.Item>
        <Menu.Item color="red" onClick={() => onAct({ do: 'spam' })}>
          {t('bulk.spam')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function WholeView({ count, isWhole }: { count: number; isWhole: boolean }) {
  const { t } = useI18n();
  const take = () => useSelection.setState({ wholeSince: new Date().toISOString() });
  return (
    <p className="bulk-whole">
      {isWhole ? t('bulk.isWhole') : t('bulk.loaded', { count })}{' '}
      {isWhole ? (
        <Button size="compact-xs" variant="subtle" onClick={clearSelection}>
          {t('bulk.clear')}
        </Button>
      ) : (
        <Button size="compact-xs" variant="subtle" onClick={take}>
          {t('bulk.selectWhole')}
        </Button>
      )}
    </p>
  );
}
