import { Popover } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  Icon: Icon;
  label: string;
  tone?: 'bad' | 'warn' | 'good' | undefined;
  children: ReactNode;
}

/** A mark that says in a word what is the matter, and in a sentence what that means once somebody asks. */
export function ExplainedChip({ Icon: Shape, label, tone, children }: Props) {
  return (
    <Popover width={320} position="bottom-start" shadow="md" trapFocus portalProps={{ target: '#content' }}>
      <Popover.Target>
        <button type="button" className="chip chip-asks" data-tone={tone}>
          <Shape size={13} aria-hidden />
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="chip-answer" tabIndex={-1} data-autofocus>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
