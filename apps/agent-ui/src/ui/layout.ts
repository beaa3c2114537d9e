import { useMediaQuery } from '@mantine/hooks';

/** Read at once, not after the first paint: a drawer that was a column for a moment would jump. */
const atOnce = { getInitialValueInEffect: false };

/** Room for the views and the customer beside the conversation. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 1200px)', true, atOnce);
}

export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 759px)', false, atOnce);
}
