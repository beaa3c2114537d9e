import { useRef, type MouseEvent, type PointerEvent } from 'react';
import type { ListRow } from '#contract';
import { extendTo, toggle, useSelection } from './selection.js';

/** How long a finger rests on a line until it is chosen, in milliseconds. */
const pressMs = 450;
/** How far it may slip meanwhile, in pixels. */
const slack = 10;

interface Press {
  id: string;
  x: number;
  y: number;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * Chooses lines by what is pressed on them: Ctrl and a click one, Shift and a click up to there, a long press of a finger the first, and
 * then every touch. Anything else opens the line as ever. @returns what the element around the lines listens to
 */
export function useChoosing(rows: readonly ListRow[]) {
  const choose = (id: string, wish: Wish) => {
    if (wish === 'stretch') {
      const order = rows.map(({ ticket }) => ticket.id);
      useSelection.setState((before) => extendTo(before, order, id));
    } else if (wish === 'one') {
      useSelection.setState((before) => toggle(before, id));
    }
  };
  const { pointer, wasLong, ...presses } = useLongPress((id) => choose(id, 'one'));
  return {
    ...presses,
    onClickCapture: (event: MouseEvent) => {
      const wish = wasLong() ? 'nothing' : wishOf(event, pointer());
      const id = ticketAt(event.target);
      if (id !== undefined && wish !== null) {
        event.preventDefault();
        event.stopPropagation();
        choose(id, wish);
      }
    },
  };
}

/** Calls `hold` when a finger rests on a line. `wasLong`: once, whether the click that comes is the end of that. */
function useLongPress(hold: (id: string) => void) {
  const press = useRef<Press | null>(null);
  const held = useRef(false);
  const pointer = useRef('mouse');
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  const begin = (event: PointerEvent, id: string) => {
    const timer = setTimeout(() => {
      held.current = true;
      press.current = null;
      hold(id);
    }, pressMs);
    press.current = { id, x: event.clientX, y: event.clientY, timer };
  };
  return {
    pointer: () => pointer.current,
    wasLong: () => {
      const was = held.current;
      held.current = false;
      return was;
    },
    onPointerDown: (event: PointerEvent) => {
      const id = ticketAt(event.target);
      pointer.current = event.pointerType;
      held.current = false;
      end();
      if (event.pointerType === 'touch' && id !== undefined) {
        begin(event, id);
      }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const at = press.current;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > slack) {
        end();
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: MouseEvent) => {
      // A long press means the line, not its link.
      if (pointer.current === 'touch' && ticketAt(event.target) !== undefined) {
        event.preventDefault();
      }
    },
  };
}

/** What a click on a line does to what is chosen; the rest of a long press does nothing any more. */
type Wish = 'one' | 'stretch' | 'nothing';

/** Null: the click opens the line. */
function wishOf({ shiftKey, ctrlKey, metaKey }: MouseEvent, pointer: string): Wish | null {
  if (shiftKey) {
    return 'stretch';
  }
  const isChoosing = useSelection.getState().ids.size > 0;
  return ctrlKey || metaKey || (pointer === 'touch' && isChoosing) ? 'one' : null;
}

/** The line's own link; its checkbox speaks for itself. */
function ticketAt(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('a[data-ticket]')?.dataset['ticket'] : undefined;
}
