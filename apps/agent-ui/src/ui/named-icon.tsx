import type { Icon } from '@tabler/icons-react';

interface Props {
  Icon: Icon;
  name: string;
  size?: number;
  className?: string;
  tone?: string;
}

/** An icon that says something no text beside it says. */
export function NamedIcon({ Icon: Shape, name, size = 16, className = '', tone }: Props) {
  return (
    <span className={`named-icon ${className}`} data-tone={tone} title={name}>
      <Shape size={size} aria-hidden />
      <span className="unseen">{name}</span>
    </span>
  );
}
