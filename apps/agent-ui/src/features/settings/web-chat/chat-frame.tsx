import { useEffect, useRef, useState } from 'react';
import './web-chat.css';

/** What the chat shows of itself. */
export interface ChatFace {
  name: string;
  greeting: string;
  colour: string;
  side: 'start' | 'end';
  locale: 'en' | 'fa';
}

/**
 * The chat itself, with looks that nobody has saved yet. It runs in a sandbox of its own origin, so it can neither store anything here
 * nor ask anybody for anything.
 */
export function ChatFrame({ title, face, isOpen }: { title: string; face: ChatFace; isOpen: boolean }) {
  const [isReady, setReady] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<unknown>) => {
      if (source === frame.current?.contentWindow && data === 'peyk-preview:ready') {
        setReady(true);
      }
    };
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, []);
  const { name, greeting, colour, side, locale } = face;
  useEffect(() => {
    if (isReady) {
      const session = {
        token: '',
        visitor: 'preview',
        user: null,
        name,
        greeting,
        colour,
        side,
        locale,
        at: Date.now(),
      };
      frame.current?.contentWindow?.postMessage({ isOpen, session, messages: [] }, '*');
    }
  }, [isReady, isOpen, name, greeting, colour, side, locale]);
  return <iframe ref={frame} src="/widget/preview.html" title={title} sandbox="allow-scripts" tabIndex={-1} inert />;
}
