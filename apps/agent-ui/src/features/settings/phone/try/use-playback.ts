import { useEffect } from 'react';

/** Plays sounds one after the other, anew whenever there are others; what was playing is cut off, as by a key that is pressed. */
export function usePlayback(sounds: readonly string[], isOn: boolean): void {
  const list = sounds.join('\n');
  useEffect(() => {
    if (!isOn || list === '') {
      return;
    }
    const audio = new Audio();
    const waiting = list.split('\n');
    const playNext = () => {
      const next = waiting.shift();
      if (next !== undefined) {
        audio.src = next;
        // A browser that refuses sound, or a file that is gone: the words stand on the page.
        audio.play().catch(() => undefined);
      }
    };
    audio.addEventListener('ended', playNext);
    audio.addEventListener('error', playNext);
    playNext();
    return () => {
      audio.removeEventListener('ended', playNext);
      audio.removeEventListener('error', playNext);
      audio.pause();
    };
  }, [list, isOn]);
}
