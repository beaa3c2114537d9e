import { ActionIcon, Menu } from '@mantine/core';
import type { SavedView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconCopy, IconDots, IconDown, IconEdit, IconFailed } from '../../../ui/icons.js';

interface Props {
  view: SavedView;
  onEdit: () => void;
  onCopy: () => void;
  /** Null at the ends. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRemove: () => void;
}

/** What can be done with a saved view; a shared one is copied by everybody and changed by supervisors. */
export function ViewMenu({ view, onEdit, onCopy, onUp, onDown, onRemove }: Props) {
  const { t } = useI18n();
  const name = t('views.acts', { name: view.name });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className="saved-view-acts" variant="subtle" size={26} aria-label={name} title={name}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {view.mayChange && (
          <Menu.Item leftSection={<IconEdit size={16} />} onClick={onEdit}>
            {t('views.edit')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={onCopy}>
          {t('views.duplicate')}
        </Menu.Item>
        {view.mayChange && (
          <>
            {onUp && (
              <Menu.Item leftSection={<IconDown size={16} className="saved-view-up" />} onClick={onUp}>
                {t('views.up')}
              </Menu.Item>
            )}
            {onDown && (
              <Menu.Item leftSection={<IconDown size={16} />} onClick={onDown}>
                {t('views.down')}
              </Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconFailed size={16} />} onClick={onRemove}>
              {t('views.remove')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
