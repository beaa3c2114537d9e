import { useEffect, useRef, useState } from 'react';

export type MicrophoneState = 'idle' | 'asking' | 'recording' | 'refused';

/** The reader's microphone: `onDone` gets what was said, as the browser records it. It is let go when the page leaves. */
export function useMicrophone(onDone: (sound: Blob) => void) {
  const [state, setState] = useState<MicrophoneState>('idle');
  const recorder = useRef<MediaRecorder | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      letGo(recorder.current);
    };
  }, []);
  const start = async (): Promise<void> => {
    setState('asking');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (isGone.current) {
        // Allowed after the page had left: nobody would ever switch it off.
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      const made = new MediaRecorder(stream);
      recorder.current = made;
      made.ondataavailable = ({ data }) => onDone(data);
      made.start();
      setState('recording');
    } catch {
      setState('refused');
    }
  };
  const stop = (): void => {
    letGo(recorder.current);
    recorder.current = null;
    setState('idle');
  };
  return { state, start, stop };
}

function letGo(recorder: MediaRecorder | null): void {
  if (recorder?.state === 'recording') {
    recorder.stop();
  }
  recorder?.stream.getTracks().forEach((track) => track.stop());
}
