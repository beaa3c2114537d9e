import { TextInput } from '@mantine/core';

/** Holds the place of a field that is on its way, so that nothing jumps. */
export function PendingField({ label, size = 'sm' }: { label: string; size?: 'xs' | 'sm' }) {
  return <TextInput label={label || undefined} aria-label={label} size={size} disabled aria-busy />;
}
