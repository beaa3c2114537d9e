import { create } from 'zustand';

/** How many customers wait in the reader's queues with nobody who has taken them. The page's title and icon count them. */
export const useAttention = create<{ waiting: number }>()(() => ({ waiting: 0 }));
