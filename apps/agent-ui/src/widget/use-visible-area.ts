import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Keeps a full-screen panel within what the on-screen keyboard leaves; some phones shrink only the visual viewport. */
export function useVisibleArea(panel: RefObject<HTMLElement | null>, isOn: boolean): void {
  useEffect(() => {
    const area = window.visualViewport;
    const element = panel.current;
    if (!isOn || !area || !element) {
      return undefined;
    }
    const fit = (): void => place(element, `${String(area.height)}px`, `${String(area.offsetTop)}px`);
    fit();
    area.addEventListener('resize', fit);
    area.addEventListener('scroll', fit);
    return () => {
      area.removeEventListener('resize', fit);
      area.removeEventListener('scroll', fit);
      place(element, '', '');
    };
  }, [panel, isOn]);
}

function place({ style }: HTMLElement, height: string, top: string): void {
  style.blockSize = height;
  style.insetBlockStart = top;
}
