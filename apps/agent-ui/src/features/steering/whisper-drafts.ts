import { create } from 'zustand';

/** What is being whispered, by conversation and writer: another page in between must not cost it. It is never stored. */
export const useWhisperDrafts = create<Record<string, string>>(() => ({}));

export function draftWhisper(key: string, words: string): void {
  useWhisperDrafts.setState({ [key]: words });
}
