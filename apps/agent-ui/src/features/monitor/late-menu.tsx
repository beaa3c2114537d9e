import { ActionIcon, Menu } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { IconDots } from '../../ui/icons.js';

interface Props {
  name: string;
  /** The lines of the menu. */
  children: ReactNode;
}

/** A menu behind a button. A board has hundreds of them and most are never opened, so each is made when it is first. */
export function LateMenu({ name, children }: Props) {
  const [isWanted, setWanted] = useState(false);
  return isWanted ? (
    <OpenedMenu name={name}>{children}</OpenedMenu>
  ) : (
    <ActionIcon
      variant="subtle"
      size={24}
      aria-label={name}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
    >
      <IconDots size={16} aria-hidden />
    </ActionIcon>
  );
}

function OpenedMenu({ name, children }: Props) {
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Menu position="bottom-end" defaultOpened returnFocus={false} onClose={() => target.current?.focus()}>
      <Menu.Target>
        <ActionIcon ref={target} variant="subtle" size={24} aria-label={name}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
