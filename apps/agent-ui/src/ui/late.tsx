import { useSyncExternalStore, type ComponentType } from 'react';

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** Where a chunk did not come and nobody says that the link is back. */
const againMs = 5_000;

/**
 * A part with a chunk of its own that shows as soon as it is there, and `Meanwhile` with the same properties until then. Unlike one of
 * React's own it does not suspend: React lets 300 ms pass between what it reveals, and a page of several such parts would come in that many
 * steps. What is opened by a click may suspend; what a page begins with should not. A chunk that does not come, as in a tunnel, takes
 * nothing else with it: it is asked for again for as long as somebody waits for it.
 */
export function late<Props extends object>(load: Load<Props>, Meanwhile?: ComponentType<Props>): ComponentType<Props> {
  let Part: ComponentType<Props> | undefined;
  let isAsked = false;
  const listeners = new Set<() => void>();
  const ask = () => {
    isAsked = true;
    load().then(
      (module) => {
        Part = module.default;
        listeners.forEach((tell) => tell());
      },
      () => {
        isAsked = false;
      },
    );
  };
  const askAgain = () => {
    if (!isAsked) {
      ask();
    }
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    if (Part) {
      return () => void listeners.delete(listener);
    }
    const timer = setInterval(askAgain, againMs);
    window.addEventListener('online', askAgain);
    return () => {
      listeners.delete(listener);
      clearInterval(timer);
      window.removeEventListener('online', askAgain);
    };
  };
  return function Late(props: Props) {
    const Shown = useSyncExternalStore(subscribe, () => Part);
    if (!isAsked) {
      ask();
    }
    if (Shown) {
      return <Shown {...props} />;
    }
    return Meanwhile ? <Meanwhile {...props} /> : null;
  };
}
